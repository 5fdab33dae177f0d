"""The start document as the site's source had it, and a page's visible text in the same form."""

from html.parser import HTMLParser

DOCUMENT = """\
Hjem / For skole og barnehage
For skole og barnehage
[Glede i barnehagen]
Erasmus+ rommer tiltak som kan gi internasjonal erfaringsutveksling og mulighet for strategisk utvikling av skoler og barnehager.
Norske skoler kan samarbeide med andre skoler, men også med bedrifter, lokalmiljø og utdanningsinstitusjoner på andre nivåer.
Programaktivitetene i Erasmus+ er organisert under tre hovedtiltak: mobilitet, samarbeid og policy.
Mobilitet for ansatte i skoler og barnehager
Ansatte i skoler og barnehager kan få midler til å:
Delta på europeiske etterutdanningskurs
Undervise ved en skole/barnehage i Europa
Hospitere i en skole/barnehage i Europa
Les mer om mobilitet for ansatte innen Erasmus+.
[Collage fra barnehage]
Faglig samarbeid med strategiske partnerskap
Norske skoler kan gjennom strategiske partnerskap få støtte til samarbeidsprosjekter med europeiske partnere. Partnerskapene kan variere i størrelse og innretning:
Mindre skolepartnerskap
Partnerskap mellom lokale eller regionale utdanningsmyndigheter
Større partnerskap mellom minst tre organisasjoner
Tverrsektorielle partnerskap, hvor aktivitetene og resultatene bidrar til å øke kvaliteten på opplæringen i flere sektorer
Les mer om strategiske partnerskap innen Erasmus+.
[Barneskole collage]
Policy: strategisk satsing på utdanning og innovasjon
Erasmus+ har også et tiltak, Policy, som retter seg mot større aktører og myndigheter. Policy er et overordnet, strategisk tiltak under Erasmus+ som skal legge til rette for og forsterke satsningene på utdanning og innovasjon i EU, slik som Europa 2020 og den europeiske ungdomsstrategien.
Policy inneholder en rekke virkemidler som i hovedsak kan deles inn i følgende tiltak:
Kunnskapsutvikling innenfor utdanning, opplæring og ungdom
Fremtidsrettede utdannings- og innovasjonstiltak
Samarbeid med internasjonale organisasjoner
Dialogmøter mellom ungdom og utdanningsaktører
Policy er et sentralisert tiltak som forvaltes av Europakommisjonen.
"""

# A group of pictures is read as its name; asides and the date are the site's own words beside the document.
_GROUPS = ("figure", "div")
_LEFT_OUT = ("aside",)
_BLOCKS = ("p", "li", "h1", "h2", "h3", "ol", "ul", "section", "nav", "article", "main", "div")
_VOID = ("img", "source", "meta", "link", "br", "input")


def document_lines() -> list[str]:
    return DOCUMENT.splitlines()


def visible_lines(html: str) -> list[str]:
    """Return the text of `<main>` line by line: breadcrumb as one line, named pictures as [name]."""
    return _Reader(html[html.index("<main") : html.index("</main>")]).lines()


class _Reader(HTMLParser):
    def __init__(self, html: str):
        super().__init__()
        self._lines = [""]
        self._crumbs: list[str] = []
        self._skip_until: list[str] = []
        self._in_breadcrumb = False
        self.feed(html)

    def lines(self) -> list[str]:
        texts = [" ".join(line.split()) for line in self._lines]
        return [" / ".join(self._crumbs), *filter(None, texts)]

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        classes = (attributes.get("class") or "").split()
        if self._skip_until:
            if tag == self._skip_until[-1] and tag not in _VOID:
                self._skip_until.append(tag)
            return
        if tag in _GROUPS and "aria-label" in attributes:
            self._lines += [f"[{attributes['aria-label']}]", ""]
            self._skip_until.append(tag)
        elif tag in _LEFT_OUT or "last-updated" in classes:
            self._skip_until.append(tag)
        elif "breadcrumb" in classes:
            self._in_breadcrumb = True
        elif tag in _BLOCKS:
            self._lines.append("")

    def handle_endtag(self, tag):
        if self._skip_until:
            if tag == self._skip_until[-1]:
                self._skip_until.pop()
            return
        if tag == "nav":
            self._in_breadcrumb = False
        if tag in _BLOCKS:
            self._lines.append("")

    def handle_data(self, data):
        if self._skip_until or not data.strip():
            return
        if self._in_breadcrumb:
            self._crumbs.append(data.strip())
        else:
            self._lines[-1] += f" {data}"
