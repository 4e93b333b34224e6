#!/usr/bin/env python3
"""Renders the tables of the benchmark pages: render.py [DIRECTORY], docs/benchmarks by default.

Reads overhead.json, startup.json, scale.json, recovery.json and services.json there, as far as they exist. In each
page (*.md) it replaces the text from '<!-- render NAME -->' to '<!-- end -->' by the table NAME.
"""
import functools
import json
import math
import pathlib
import re
import sys
from decimal import ROUND_HALF_UP, Decimal

HIKARI, OURS, LAZY = 'HikariCP alone', 'Failover', ('LazyConnectionDataSourceProxy', 'Failover with offloaded reads')
LABELS = {'CONNECTION': 'getConnection/close', 'STATEMENT': 'statement cycle'}
KINDS = ('reads', 'writes')
# contender, fault, figure, clients, value, greatest median and greatest value, in milliseconds
TARGETS = [('ours', fault, *row) for fault in ('kill', 'reset') for row in (
    ('reads recovered', 'reads', 'whole', 50, None), ('longest call, reads', 'reads', 'longest', 100, None),
    ('longest call, writes', 'writes', 'longest', 100, None))]
TARGETS += [(*row[:1], fault, *row[1:]) for fault in ('freeze', 'cut') for row in (
    ('ours', 'reads recovered', 'reads', 'whole', 1500, 1750), ('ours', 'writes recovered', 'writes', 'whole', 1500, 1750),
    ('ours-tuned', 'reads recovered', 'reads', 'whole', 500, None))]
TARGETS += [(name, fault, 'writes recovered after the promotion', 'writes', 'afterPromotion', 100, None)
            for name, faults in (('ours', ('kill', 'reset', 'stop', 'demotion', 'freeze-late', 'cut-late')),
                                 ('ours-tuned', ('freeze', 'cut'))) for fault in faults]
DRAWS, SEED = 2000, 20_260_101  # those of Interval.java


def number(value, decimals=0):
    text = f'{Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,}'
    return text[1:] if re.fullmatch('-[0.,]+', text) else text


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def table(words, titles, rows):
    line = lambda cells: '| ' + ' | '.join(str(cell).replace('|', '\\|') for cell in cells) + ' |\n'
    return line(titles) + '|' + ' --- |' * words + ' ---: |' * (len(titles) - words) + '\n' + ''.join(map(line, rows))


class JavaRandom:
    def __init__(self, seed):
        self.seed = seed ^ 0x5DEECE66D

    def next(self, bound):
        while True:
            self.seed = (self.seed * 0x5DEECE66D + 0xB) & ((1 << 48) - 1)
            bits = self.seed >> 17
            if bound & (bound - 1) == 0:
                return (bound * bits) >> 31
            if bits - bits % bound + bound - 1 < 1 << 31:
                return bits % bound


def interval(groups):
    """Median of the medians of groups, with its 95 % interval by the bootstrap, as in Interval.java."""
    middle = median(map(median, groups))
    if all(value == middle for group in groups for value in group):
        return middle, middle, middle
    random, drawn = JavaRandom(SEED), []
    for _ in range(DRAWS):
        medians = []
        for _ in groups:
            source = groups[random.next(len(groups))]
            medians.append(median([source[random.next(len(source))] for _ in source]))
        drawn.append(median(medians))
    drawn.sort()
    return drawn[int(DRAWS * 0.025)], middle, drawn[int(DRAWS * 0.975)]


def spread(low, middle, high, decimals):
    return f'{number(middle, decimals)} ({number(low, decimals)}–{number(high, decimals)})'


def machine(results):
    m = results['machine']
    load = '' if m['load'] < 0 else f', load average {number(m["load"], 1)} at the start'
    return (f'Measured {results["date"][:16].replace("T", " ")} UTC on {m["processor"] or "an unknown processor"}, '
            f'{m["cores"]} cores, {m["memoryMegabytes"]} MB of memory, {m["os"]}, {m["jvm"]}{load}.\n')


def overhead(results):
    threads = results['plan']['threads']

    def forks(contender, operation, count):
        return [f for f in results['forks'] if (f['contender'], f['operation'], f['threads']) == (contender, operation, count)
                and (contender != HIKARI or f.get('group') in (None, 'close'))]

    def beside(fork, contender):
        same = ('operation', 'threads', 'round', 'group')
        return next((f for f in results['forks'] if f['contender'] == contender and all(f.get(k) == fork.get(k) for k in same)), None)

    @functools.cache
    def ratio(contender, operation, count, other=HIKARI):
        pairs = [(f, beside(f, other)) for f in forks(contender, operation, count)]
        pairs = [(f, o) for f, o in pairs if o]
        if not pairs:  # by way of the pool alone
            one, two = ratio(contender, operation, count), ratio(other, operation, count)
            return one[0] / two[2], one[1] / two[1], one[2] / two[0]
        return interval([[a / b for a, b in zip(f['nanos'], o['nanos'])] for f, o in pairs])

    def added(contender, operation, count):
        return median(median(f['bytes']) - median(beside(f, HIKARI)['bytes']) for f in forks(contender, operation, count))

    def measured(count):
        return [name for name in results['versions'] if all(forks(name, operation, count) for operation in LABELS)]

    targets = []
    for operation, label in LABELS.items():
        for count in threads:
            most = 1.05 if operation == 'CONNECTION' else 1.01
            low, middle, high = ratio(OURS, operation, count)
            met = 'yes' if middle <= most else 'within the interval' if low <= most else '**no**'
            targets.append((label, count, f'≤ {most:.2f} × {HIKARI}', spread(low, middle, high, 3), met))
            extra = added(OURS, operation, count)
            targets.append((label, count, '0 bytes added', number(extra, 1), 'yes' if extra < 0.5 else '**no**'))
            peers = [p for p in measured(count) if not p.startswith(OURS) and p != HIKARI
                     and (operation == 'STATEMENT' or p not in LAZY)]
            if peers:
                best = min(peers, key=lambda p: ratio(p, operation, count)[1])
                low, middle, high = ratio(OURS, operation, count, best)
                met = 'yes' if high < 1 else 'level' if low <= 1 else '**no**'
                targets.append((label, count, 'faster than every peer', f'{spread(low, middle, high, 3)} × {best}', met))
    tables = {'targets': table(3, ('operation', 'threads', 'target', 'measured', 'met'), targets), 'machine': machine(results),
              'versions': table(1, ('contender', 'version of its library'), results['versions'].items())}
    for operation in LABELS:
        for count in threads:
            rows = []
            for name in measured(count):
                found = forks(name, operation, count)
                nanos = median(median(f['nanos']) for f in found)
                rows.append((name, spread(*ratio(name, operation, count), 2), number(nanos, 1 if nanos < 1000 else 0),
                             number(count * 1e9 / nanos), number(median(median(f['bytes']) for f in found)),
                             number(added(name, operation, count), 1)))
            tables[f'{operation.lower()}-{count}'] = table(
                1, ('contender', 'against HikariCP', 'ns', 'calls a second', 'bytes', 'of these added'), rows)
    columns = [(operation, count) for operation in LABELS for count in threads]
    tables['summary'] = table(1, ['times HikariCP alone'] + [f'{LABELS[o]}, {c} thread{"s" * (c > 1)}' for o, c in columns], [
        [name] + [number(ratio(name, o, c)[1], 2) if name in measured(c) else '–' for o, c in columns]
        for name in results['versions'] if name != HIKARI])
    return tables


def startup(results):
    builds = [results[key] for key in ('plain', 'disabled', 'byHand', 'starter') if results.get(key)]
    labels = {'PLAIN': 'plain Boot', 'DISABLED': 'starter turned off', 'BY_HAND': 'routed by hand', 'STARTER': 'with the starter'}
    titles = [labels[build['build']] for build in builds]
    rows = []
    for name, part, key, decimals in (('context ready, ms', 'starts', 'readyMillis', 0),
                                      ('processor time of the starting thread, ms', 'starts', 'workMillis', 0),
                                      ('processor time of the JVM, ms', 'starts', 'jvmMillis', 0),
                                      ('first statement answered, ms', 'starts', 'answeredMillis', 0),
                                      ('heap, kB', 'memories', 'heapKilobytes', 0), ('threads', 'memories', 'threads', 1)):
        values = [[sample[key] for sample in build[part]] for build in builds]
        rows.append([name] + [spread(min(v), median(v), max(v), decimals) for v in values]
                    + [spread(*interval([[a - b] for a, b in zip(v, values[0])]), decimals) for v in values[1:]])
    added = ['added, ' + title for title in titles[1:]]
    return {'table': table(1, [''] + titles + added, rows), 'machine': machine(results),
            'rows': [(f'{row[0]}, added by the starter', row[-1]) for row in rows]}


def scale(results):
    probes, largest = results['probes'], max(cost['instances'] for cost in results['probes'])
    millis = lambda value: 'never in 30 s' if value < 0 else number(value)
    within = lambda values, part: millis(values[max(0, math.ceil(part * len(values)) - 1)])
    spreads = [(s['fault'], s['instances'], *(within(s['millis'], part) for part in (0, 0.5, 0.95, 1)), s['changes'])
               for s in results['spreads']]
    herds = [(h['what'], h['instances'], h['wanted'], h['limit'], millis(h['firstMillis']), millis(h['wholeMillis']),
              number(h['failed']), millis(h['longestMillis']), h['changes']) for h in results['herds']]
    each = ('node', 'instances', 'queries a second', 'connections', 'logins a second')
    return {
        'machine': machine(results),
        'rows': [(f'probes of an instance, ms of the {c["node"]}\'s processor a second', number(c['cpu'] * 1000, 1))
                 for c in probes if c['instances'] == largest]
                + [(f'{s["fault"]} under {s["instances"]} idle instances, ms until half / all have moved',
                    f'{within(s["millis"], 0.5)} / {within(s["millis"], 1)}') for s in results['spreads']],
        'probes': table(1, each + ('ms of the server\'s processor a second',), [
            (c['node'], c['instances'], number(c['queries'], 1), number(c['connections'], 2), number(c['logins'], 3),
             number(c['cpu'] * 1000, 2)) for c in probes]),
        'fleets': table(1, each + ('cores of the server',), [
            (c['node'], number(n), number(c['queries'] * n), number(math.ceil(c['connections'] * n)), number(c['logins'] * n, 1),
             number(c['cpu'] * n, 3)) for c in probes if c['instances'] == largest for n in (1, 10, 100, 1000)]),
        'spreads': table(1, ('fault', 'instances', 'first', 'half', '95 %', 'all', 'route changes'), spreads),
        'herds': table(1, ('pools', 'instances', 'connections wanted', 'admitted', 'each instance works, ms',
                           'each thread works, ms', 'failed calls', 'longest call, ms', 'route changes'), herds)}


def time(millis):
    return 'never' if millis is None else (
        f'{math.floor(millis + 0.5)} ms' if abs(millis) < 1000 else f'{number(millis / 1000, 2).replace(",", "")} s')


def count(value):
    return '–' if value is None else number(value).replace(',', '')


class Column:
    def __init__(self, title, show, value, compares=lambda entrant: True):
        self.title, self.show, self.value, self.compares = title, show, value, compares

    def spread(self, samples):
        values = sorted((self.value(s) for s in samples), key=lambda v: (v is None, v))
        low, high = values[(len(values) - 1) // 2], values[len(values) // 2]
        return None if high is None else (high + low) / 2, values[0], values[-1], len(values)

    def text(self, samples):
        middle, least, greatest, size = self.spread(samples)
        same = size == 1 or (self.show is count and count(least) == count(greatest))
        return self.show(middle) if same else f'{self.show(middle)} ({self.show(least)} – {self.show(greatest)})'


def columns(kind):
    part = lambda key: lambda sample: sample[kind][key]
    writes = kind == 'writes'
    from_both = (lambda entrant: True) if writes else (lambda entrant: not entrant.get('readsFromBoth'))
    return ([Column('first success on the mirror', time, part('first'), from_both), Column('all threads recovered', time, part('whole'))]
            + [Column('… after the promotion', time, part('afterPromotion'))] * writes
            + [Column('failed calls', count, part('failed')), Column('longest call', time, part('longest')),
               Column('threads stuck', count, part('stuck'))]
            + [Column(key, count, lambda sample, key=key: sample[key]) for key in ('lost', 'duplicated')] * writes)


def recovery(results):
    never = lambda value: math.inf if value is None else value
    faults = list(dict.fromkeys(s['fault'] for s in results['samples']))
    samples = lambda name, fault: [s for s in results['samples'] if (s['contender'], s['fault']) == (name, fault)]
    entrants = lambda fault: [e for e in results['entrants'] if samples(e['name'], fault)]
    tables = {'machine': machine(results)}

    def medians(fault, column):
        return {e['name']: never(column.spread(samples(e['name'], fault))[0])
                for e in entrants(fault) if not e.get('bound') and column.compares(e)}

    for fault in faults:
        for kind in KINDS:
            rows = []
            for entrant in entrants(fault):
                row = [entrant['title']]
                for column in columns(kind):
                    found, text = medians(fault, column), column.text(samples(entrant['name'], fault))
                    best = found.get(entrant['name'], math.inf)
                    row.append(f'**{text}**' if best < math.inf and best == min(found.values()) else text)
                rows.append(row + [len(samples(entrant['name'], fault))])
            tables[f'{fault}-{kind}'] = table(1, [kind] + [c.title for c in columns(kind)] + ['runs'], rows)
        gone = [s for s in results['samples'] if s['fault'] == fault and s.get('gone') is not None]
        if gone:
            tables[f'{fault}-end'] = ('The last process of the primary had ended ' + Column('', time, lambda s: s['gone']).text(gone)
                                      + ' after its last answer.\n')

    def rank(fault, kind, column):
        """Place of our best row: 'first', 'tied' or 'behind' the best peer that recovered at all."""
        places = [(never(m), name) for name, m in medians(fault, column).items()]
        ours = min((p for p in places if p[1].startswith('ours')), default=None)
        whole = columns(kind)[1]
        peers = [p for p in places if not p[1].startswith('ours')]
        peer = min([p for p in peers if whole.spread(samples(p[1], fault))[0] is not None] or peers, key=lambda p: p[0], default=None)
        if not ours or not peer:
            return ''
        if ours[0] < peer[0]:
            return 'first'
        least, greatest = column.spread(samples(ours[1], fault))[1], column.spread(samples(peer[1], fault))[2]
        margin = 5 if column.show is time else 0
        return 'tied' if ours[0] <= peer[0] + margin or never(least) <= never(greatest) else '**behind**'

    titles = [c.title for c in columns('writes')]
    ranks = [[kind, fault] + [next((rank(fault, kind, c) for c in columns(kind) if c.title == title), '') for title in titles]
             for kind in KINDS for fault in faults]
    cells = [cell for row in ranks for cell in row[2:] if cell]
    tables['ranking'] = (table(2 + len(titles), ['clients', 'fault'] + titles, ranks)
                         + f'\nBehind in {cells.count("**behind**")} of {len(cells)} columns.\n')
    rows = []
    for name, fault, figure, kind, key, most, limit in TARGETS:
        found, column = samples(name, fault), Column('', time, lambda s: s[kind][key])
        if found:
            middle, _, greatest, _ = column.spread(found)
            met = never(middle) <= most and never(greatest) <= (limit or math.inf)
            rows.append((name, fault, figure, f'≤ {time(most)}' + (f', never above {time(limit)}' if limit else ''),
                         column.text(found), 'yes' if met else '**no**'))
    for fault in faults:
        ours = [s for s in results['samples'] if s['fault'] == fault and s['contender'].startswith('ours')]
        wrong = sum(s['reads']['stuck'] + s['writes']['stuck'] + s['lost'] + s['duplicated'] for s in ours)
        rows.append(('all of ours', fault, 'threads stuck, writes lost, writes duplicated', '0 in all runs',
                     f'{wrong} in {len(ours)} runs', '**no**' if wrong else 'yes'))
    tables['targets'] = table(4, ('contender', 'fault', 'figure', 'target', 'measured, median (least – greatest)', 'met'), rows)
    tables['summary'] = table(1, ['until all threads have recovered, reads / writes'] + faults, [
        [e['title']] + [' / '.join(time(columns(kind)[1].spread(samples(e['name'], fault))[0]) for kind in KINDS)
                        if samples(e['name'], fault) else '–' for fault in faults] for e in results['entrants']])
    tables['settings'] = '\n'.join(map(settings, results['entrants']))
    return tables


def services(results):
    """The tables of recovery, and the successes of each second beside those of HikariCP alone."""
    rows, took_part = [], {s['contender'] for s in results['samples']}
    results = {**results, 'entrants': [e for e in results['entrants'] if e['name'] in took_part]}
    for fault in dict.fromkeys(s['fault'] for s in results['samples']):
        for kind, strip in (('reads', 'readStrip'), ('writes', 'writeStrip')):
            seconds = {}
            for sample in (s for s in results['samples'] if s['fault'] == fault):
                counts = sample[strip]['succeeded'][100:]
                for second in range(min(3, len(counts) // 100)):
                    seconds.setdefault(second, {}).setdefault(sample['contender'], []).append(
                        sum(counts[100 * second:100 * second + 100]))
            for second, found in sorted(seconds.items()):
                if len(found) > 1:
                    ours, alone = median(found['ours']), median(found['hikaricp'])
                    rows.append((fault, kind, f'{second} to {second + 1}', number(ours), number(alone), 'yes' if ours < 0.97 * alone else 'no'))
    return {**recovery(results), 'seconds': table(
        3, ('fault', 'calls', 'seconds after the fault', 'successes, Failover', 'HikariCP alone', 'fewer'), rows)}


def settings(entrant):
    lines = [re.sub(r'((?:[^&]*&){5}(?=[^&]*&))', r'\1\n    ', line) if len(line) > 160 else line for line in entrant['settings']]
    skipped = f'Skipped: {entrant["skipped"]}.\n\n' if entrant.get('skipped') else ''
    versions = ', '.join(f'{name} {version}' for name, version in sorted(entrant['versions'].items()))
    return f'### {entrant["title"]}\n\n{skipped}{versions}.\n\n```\n' + '\n'.join(lines) + '\n```\n'


def main(directory):
    tables = {}
    for part in (overhead, startup, scale, recovery, services):
        file = directory / f'{part.__name__}.json'
        if file.exists():
            results = json.loads(file.read_text())
            tables.update({f'{part.__name__}.{name}': text for name, text in part(results).items()})
    costs = [row for part in ('startup', 'scale') for row in tables.get(f'{part}.rows', [])]
    tables['costs'] = table(1, ('figure', 'value'), costs)
    for page in sorted(directory.glob('*.md')):
        text = re.sub(r'(<!-- render (\S+) -->\n).*?(<!-- end -->)',
                      lambda m: f'{m[1]}\n{tables[m[2]]}\n{m[3]}' if m[2] in tables else m[0], page.read_text(), flags=re.S)
        page.write_text(text)


if __name__ == '__main__':
    main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else 'docs/benchmarks'))
