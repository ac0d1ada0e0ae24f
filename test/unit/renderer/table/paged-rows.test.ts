import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { createPagedRows, type RowsPage } from '#renderer/stores/paged-rows.ts';

interface Line {
  readonly id: number;
  readonly list: string;
  readonly state?: string;
}

type Answer = Result<RowsPage<Line>, KeelError>;
interface Question {
  readonly list: string;
  readonly offset: number;
  readonly answer: (with_: Answer) => Promise<void>;
  readonly good: () => Promise<void>;
}

/** A store that answers when it is told to, in any order. */
function slowStore(total: number) {
  const questions: Question[] = [];
  const load = (list: string) => (offset: number, limit: number) =>
    new Promise<Answer>((resolve) => {
      const answer = async (value: Answer) => {
        resolve(value);
        await Promise.resolve();
        await Promise.resolve();
      };
      const rows = Array.from(
        { length: Math.min(limit, Math.max(0, total - offset)) },
        (_, index) => ({
          id: offset + index,
          list,
        }),
      );
      questions.push({ list, offset, answer, good: () => answer(ok({ rows, total })) });
    });
  const next = (): Question => {
    const question = questions.shift();
    if (question === undefined) throw new Error('nothing was asked');
    return question;
  };
  return { questions, load, next };
}

const SIZE = 10;
const newRows = () => createPagedRows<Line>({ keyOf: ({ id }) => String(id), pageSize: SIZE });
const FAILED = keelError('ENGINE_UNAVAILABLE', 'retry', 'no engine', '');

describe('paged rows', () => {
  it('read the first page, then what comes into view and a little more', async () => {
    const { questions, load, next } = slowStore(95);
    const rows = newRows();
    rows.ask(load('all'));
    expect(questions.map(({ offset }) => offset)).toEqual([0]);
    await next().good();
    expect(rows.state().total).toBe(95);
    rows.want(42, 48);
    expect(questions.map(({ offset }) => offset)).toEqual([30, 40, 50]);
    rows.want(43, 49);
    expect(questions).toHaveLength(3);
  });

  it('never ask beyond the end', async () => {
    const { questions, load, next } = slowStore(25);
    const rows = newRows();
    rows.ask(load('all'));
    await next().good();
    rows.want(0, 400);
    expect(questions.map(({ offset }) => offset)).toEqual([10, 20]);
  });

  it('show nothing of an older question, in whatever order the answers come', async () => {
    const { load, next } = slowStore(30);
    const rows = newRows();
    rows.ask(load('old'));
    const old = next();
    rows.ask(load('new'));
    await next().good();
    await old.good();
    expect([...rows.state().pages.values()].flat().every(({ list }) => list === 'new')).toBe(true);
  });

  it('keep what is shown until the new answer is there, and say so', async () => {
    const { load, next } = slowStore(30);
    const rows = newRows();
    rows.ask(load('old'));
    await next().good();
    rows.ask(load('new'));
    expect(rows.state()).toMatchObject({ outdated: true, total: 30 });
    expect(rows.state().pages.get(0)?.[0]?.list).toBe('old');
    await next().good();
    expect(rows.state().outdated).toBe(false);
    expect(rows.state().pages.get(0)?.[0]?.list).toBe('new');
  });

  it('tell of a failure, go on with the rest, and try again when asked', async () => {
    const { questions, load, next } = slowStore(95);
    const rows = newRows();
    rows.ask(load('all'));
    await next().answer(err(FAILED));
    expect(rows.state()).toMatchObject({ failure: FAILED, total: null });
    rows.want(0, 3);
    expect(questions).toHaveLength(0);
    rows.retry();
    await next().good();
    expect(rows.state()).toMatchObject({ failure: null, total: 95 });
  });

  it('change a row in its place, and read the view again without a gap', async () => {
    const { load, next } = slowStore(95);
    const rows = newRows();
    rows.ask(load('all'));
    await next().good();
    expect(rows.patch({ id: 3, list: 'all', state: 'newer' })).toBe(true);
    expect(rows.patch({ id: 93, list: 'all' })).toBe(false);
    expect(rows.state().pages.get(0)?.[3]?.state).toBe('newer');
    rows.refresh();
    expect(rows.state().pages.get(0)).toHaveLength(SIZE);
    await next().good();
    expect(rows.state().pages.get(0)?.[3]?.state).toBeUndefined();
  });

  it('end with the right rows in view, however answers, questions and scrolling mix', async () => {
    const act = fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('scroll' as const), to: fc.nat(94) }) },
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('answer' as const), to: fc.nat(20) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('ask' as const), to: fc.nat(3) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('refresh' as const), to: fc.nat(1) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 50 }), async (acts) => {
        const { questions, load } = slowStore(95);
        const rows = newRows();
        let list = 'list 0';
        let at = 0;
        rows.ask(load(list));
        for (const { kind, to } of acts) {
          if (kind === 'scroll') rows.want((at = to), to + 4);
          else if (kind === 'refresh') rows.refresh();
          else if (kind === 'ask') {
            list = `list ${to}`;
            at = 0;
            rows.ask(load(list));
          } else await questions.splice(to % Math.max(1, questions.length), 1)[0]?.good();
        }
        rows.want(at, at + 4);
        while (questions.length > 0) await questions.pop()?.good();
        const { pages, total, outdated } = rows.state();
        expect({ total, outdated }).toEqual({ total: 95, outdated: false });
        for (let index = at; index < Math.min(95, at + 5); index += 1) {
          expect(pages.get(Math.floor(index / SIZE))?.[index % SIZE]).toEqual({ id: index, list });
        }
      }),
    );
  });
});
