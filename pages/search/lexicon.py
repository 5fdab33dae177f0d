"""Words that no rule gives: pairs of the two written forms, parts of compounds, words without weight. Pure data."""

import re

# Nynorsk and irregular forms, as bokmål or the commonest form has them; within words too, since
# Norwegian puts words together. Read before stems are made, in this order.
RESPELT = tuple(
    (re.compile(written), common)
    for written, common in (
        ("skul(?=[ea])", "skol"),
        ("tilsett|tilset(?=j|te)", "ansatt"),
        ("opphald", "opphold"),
        ("tilskot", "tilskudd"),
        ("partnar", "partner"),
        ("søkj", "søk"),
        ("eigar|eigd", "eier"),
        ("eierne$", "eiere"),
        ("(?<=lær|søk|tak)ar(?!b)", "er"),
        ("ggj", "gg"),
        ("skug", "skyg"),
        ("mo[gj]e?leg", "mulig"),
        (
            "føreb(?:u(?:dd?e?|r|ande|ing[ae]?)?)$|forbered(?:e[rnt]?|te?|else[rn]?|elsene)?$",
            "forberedende",
        ),
        ("rettlei", "veiled"),
        ("leiar|leiing", "leder"),
        ("vidaregå", "videregå"),
        ("ståand", "stående"),
        ("følgj", "følg"),
        ("heit(?=$|er|a|s)", "het"),
        ("leg(?=$|e$|ar|ast)", "lig"),
        ("^fram(?=.)", "frem"),
        ("berekraft", "bærekraft"),
        ("einskild|einskil", "enkelt"),
        ("utan", "uten"),
        ("styresmakt", "myndighet"),
        ("^noreg", "norge"),
        ("^vek(?=e$|er$|ene$|a$)", "uk"),
        ("månad", "måned"),
        ("^rekn", "regn"),
        ("^heim", "hjem"),
        ("^born(?=$|a$)", "barn"),
        ("tryggleik", "trygghet"),
    )
)

# What a compound may begin with, as it then stands there; a bond of s may follow.
_PARTS = """
    ansatt arbeid avstand barn barne barnehage besøk bidrag bruker budsjett dag deltaker dokument eier ekspert elev
    enkelt fag framtid fremtid frist fylke godkjenning grunn gruppe hoved inkludering innovasjon jobb klasse kommune
    kompetanse konsortie konsortium kontrakt koordinator kost kunnskap kurs kvalitet land leder ledelse logo lærer læring
    medlem miljø mobilitet mål måned nettverk norsk oppfølging opphold opplæring organisasjon partner partnerskap
    pedagog penge plan plattform policy politikk praksis prioritering program prosjekt rapport region regel reise rektor
    resultat samarbeid sats sektor skjema skole slutt småskala språk spørsmål start stipend student studie støtte
    søker søknad tilskudd tilsyn tiltak trinn tur uke undervisning ungdom utdanning utland utlysning utreise utveksling
    utvikling veileder verdi vikar vurdering
"""
PARTS = frozenset(_PARTS.split())

# Words that say nothing of what a text is about, in the languages of the site.
_NORWEGIAN = """
    alle all alt at av bare ble bli blir blei blitt både da de deg dei dem den denne der dere deira deres dersom desse det
    dette di din disse ditt dokker du dykk då eg egen ein eit eitt ei ein en er et ett etter eller enn for fordi
    fra frå før få får fått fekk fikk gjør gjøre gjer gjere gjort ha hadde han har hun ho hos hva hvem hver hvilke hvilken hvilket
    hvis hvor hvordan hvorfor i ikke ikkje inn ja jeg kan kunne kor korleis kva kvar kven kvifor kvart kvarandre hverandre
    man med meg mer meir men mi min mitt må måtte nei no nokon noko nokre noen noe når nå og også òg om opp oss over på
    sa seg selv sin sine sitt sjølv skal skulle slik slikt som så til trenger treng under upp ut vår våre vårt var ved vere være vært
    vi vil ville visst å blant mange mye mykje må bør bør bruke bruker burde veldig dra vel vite vet veit si sier
    finnes finst hei takk gjerne ønsker ynskjer vurderer tenker egentlig bare eigentleg berre
    finne finner finn fant se ser sjå ser ta tar tek gi gir hel helt hele heil heilt heile alltid aldri noensinne lurer
    fortell forklar trengs gjelder gjeld handler handlar snakk
    annen annet andre anna vår vi oss selve sjølve sånn slags noen nokon går komme kome kommer kjem
"""
_ENGLISH = """
    a about all also an and any are as at be been being but by can could did do does doing for from get gets got had has
    have having he her his how i if in into is it its just like may me might must my need needs no not of off on one or our ours
    out over own shall she should so some such than that the their them then there these they this those to too
    under until up us very want was we were what when where whether which who whom whose why will with would you your
    yours please hello tell know am wants see find finds give gives take takes whole ever never always looking look looks
"""
STOP = {
    "norwegian": frozenset(_NORWEGIAN.split()),
    "english": frozenset(_ENGLISH.split()),
}

# English stems that belong together.
ENGLISH_STEMS = {"applic": "appli", "programm": "program", "enrol": "enroll", "travell": "travel"}
