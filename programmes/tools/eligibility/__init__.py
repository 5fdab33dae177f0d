"""«Kan vi søke?»: what an applicant answers, which rules that meets, and which way in to take.

The questions are code, since the rules' conditions and shared addresses are made of their codes, and one
that no rule knows would ask for nothing. The rules are data that editors own: programmes.models.rule.
"""
