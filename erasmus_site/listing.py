"""What the pages with a fixed address list, besides their own words: it decides when they have changed.

For each route the models whose published rows its page lists, and the relations from them that it shows.
"""

ROUTES_LIST = {
    "home": {
        "programmes.Action": ["image"],
        "programmes.Audience": [],
        "programmes.Deadline": [],
    },
    "programmes:overview": {
        "programmes.Action": ["collage", "collage__images"],
        "programmes.Measure": [],
    },
    "tools:finder": {"programmes.Measure": ["audiences", "purposes", "experiences"]},
    "tools:comparison": {"programmes.Measure": []},
    "tools:glossary": {"programmes.Term": ["measure", "source"]},
    "tools:deadlines": {"programmes.Call": [], "programmes.Deadline": []},
    "tools:planner": {"programmes.PlanStep": [], "programmes.SchoolArea": []},
    "tools:then_and_now": {"programmes.FormerName": ["measures", "source"]},
    "tools:eligibility": {
        "programmes.EligibilityRoute": [],
        "programmes.EligibilityRule": ["source"],
    },
}
