#!/usr/bin/env python3
"""Writes failover-rules.yaml, the alerts as a PrometheusRule, from ../prometheus/failover.rules.yml."""
from pathlib import Path

folder = Path(__file__).parent
rules = (folder / '../prometheus/failover.rules.yml').read_text()
groups = rules[rules.index('groups:'):]
head = '''# Rendered from ../prometheus/failover.rules.yml by render.py.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: failover
spec:
'''
body = ''.join('  ' + line if line.strip() else line for line in groups.splitlines(keepends=True))
(folder / 'failover-rules.yaml').write_text(head + body)
