"""«Finn tiltak»: three short questions, and for each measure why it fits or why it does not."""
