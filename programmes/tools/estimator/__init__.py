"""«Hva gir det?»: what a project would bring in, line by line, by the rates that editors hold.

`tariff` says what a rate set holds, `activities` what can be done and within which limits, `estimate` adds
up, `places` and `distance` measure the way. All of it is pure; `years` brings the rows.
"""
