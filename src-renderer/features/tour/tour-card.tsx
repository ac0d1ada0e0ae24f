import './tour.css';
import { Check, ChevronDown, ChevronUp, Circle, GraduationCap, Lock, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { Kbd } from '#renderer/ui/kbd.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { Coach, CoachAct, CoachCheck } from './coach.ts';
import { runTourAct } from './tour-acts.ts';
import { TourRing, type Side } from './tour-ring.tsx';
import { TOUR_STEPS, type TourProgress, type TourStep } from './tour-steps.ts';
import {
  factsNow,
  leaveTour,
  nextStep,
  skipStep,
  useTourStore,
  type TourRun,
} from './tour-store.ts';
import { coachOf, STEP_TITLES } from './tour-words.ts';
import { useSeen } from './use-seen.ts';
import { useTourKeeper } from './use-tour-keeper.ts';

/** The tour beside the desk, while it runs: never over a dialog, and never in the way of what it points at. */
export function Tour() {
  useTourKeeper();
  const run = useTourStore((state) => state.run);
  if (run === null || run.progress.at === 'end') return null;
  return <TourCard run={run} step={run.progress.at} />;
}

interface TourCardProps {
  readonly run: TourRun;
  readonly step: TourStep;
}

function TourCard({ run, step }: TourCardProps) {
  const { progress } = run;
  const coach = useCoach(run, step);
  const isDone = progress.done.includes(step);
  const [folded, setFolded] = useState(false);
  const [side, setSide] = useState<Side>('right');
  const titleId = useId();
  const card = useRef<HTMLElement>(null);
  // Begun by a press that is gone with the offer: the keyboard's place is here now.
  useEffect(() => card.current?.focus({ preventScroll: true }), []);
  const goOn = (move: () => void) => {
    move();
    card.current?.focus({ preventScroll: true });
  };
  const number = TOUR_STEPS.indexOf(step) + 1;
  return (
    <>
      <div className="tour-place">
        <section
          ref={card}
          className={`tour tour-${side}`}
          aria-labelledby={titleId}
          tabIndex={-1}
          data-testid={TEST_IDS.tour}
          data-step={step}
          data-done={isDone}
        >
          <header className="tour-head">
            <GraduationCap size={16} aria-hidden />
            <h2 id={titleId}>
              <span className="visually-hidden">The tour: </span>
              {STEP_TITLES[step]}
            </h2>
            <span className="tour-count">
              {number} of {TOUR_STEPS.length}
            </span>
            <IconButton
              label={folded ? 'Unfold the tour' : 'Fold the tour'}
              aria-expanded={!folded}
              onClick={() => setFolded(!folded)}
            >
              {folded ? <ChevronUp size={16} aria-hidden /> : <ChevronDown size={16} aria-hidden />}
            </IconButton>
            <IconButton label="Leave the tour" data-testid={TEST_IDS.tourLeave} onClick={leaveTour}>
              <X size={16} aria-hidden />
            </IconButton>
          </header>
          <Steps progress={progress} />
          {!folded && (
            <>
              <Words coach={coach} />
              <Acts acts={coach.acts} isDone={isDone} run={run} onMove={goOn} step={step} />
            </>
          )}
          <Announcement step={step} number={number} isDone={isDone} coach={coach} />
        </section>
      </div>
      <TourRing look={coach.look} card={card} onSide={setSide} />
    </>
  );
}

/** The words, drawn again only when they change: the desk's state does each second. */
function useCoach({ sinceMs, onPaper }: TourRun, step: TourStep): Coach {
  const dialog = useNavigationStore((state) => state.dialog?.kind ?? null);
  const { sync, networks } = useDeskStore(
    useShallow((state) => ({ sync: state.settings.sync, networks: state.networks })),
  );
  const isDone = useTourStore(({ run }) => run?.progress.done.includes(step) === true);
  const text = useSeen(() =>
    JSON.stringify(
      coachOf({ step, isDone, onPaper, dialog, sync, networks, facts: factsNow(sinceMs) }),
    ),
  );
  return JSON.parse(text) as Coach;
}

interface StepsProps {
  readonly progress: TourProgress;
}

function Steps({ progress: { at, done, skipped } }: StepsProps) {
  return (
    <ol className="tour-steps" aria-label="Steps of the tour">
      {TOUR_STEPS.map((step) => {
        const standing = done.includes(step)
          ? 'done'
          : skipped.includes(step)
            ? 'skipped'
            : step === at
              ? 'now'
              : 'ahead';
        return (
          <li
            key={step}
            className={`tour-step tour-step-${standing} ${step === at ? 'is-now' : ''}`}
            aria-current={step === at ? 'step' : undefined}
            title={`${STEP_TITLES[step]}: ${STANDINGS[standing]}`}
          >
            <span className="visually-hidden">
              {STEP_TITLES[step]}: {STANDINGS[standing]}
            </span>
            {standing === 'done' && <Check size={11} strokeWidth={3} aria-hidden />}
          </li>
        );
      })}
    </ol>
  );
}

const STANDINGS = {
  done: 'done',
  skipped: 'passed over',
  now: 'in front',
  ahead: 'to come',
} as const;

function Words({ coach: { text, todo, checks, notes } }: { readonly coach: Coach }) {
  return (
    <div className="tour-words" tabIndex={0} role="group" aria-label="What this step is about">
      <p>{text}</p>
      {checks.length > 0 && (
        <ul className="tour-checks">
          {checks.map((check, index) => (
            <CheckLine key={index} check={check} />
          ))}
        </ul>
      )}
      {notes.length > 0 && (
        <ul className="tour-checks">
          {notes.map((note) => (
            <li key={note} className="is-note">
              <Lock size={13} aria-hidden />
              <span>{note}</span>
            </li>
          ))}
        </ul>
      )}
      {todo !== null && <p className="tour-todo">{todo}</p>}
    </div>
  );
}

function CheckLine({ check: { text, done } }: { readonly check: CoachCheck }) {
  const Icon = done ? Check : Circle;
  return (
    <li data-testid={TEST_IDS.tourCheck} data-done={done} className={done ? 'is-done' : ''}>
      <Icon size={13} strokeWidth={done ? 3 : 2} aria-hidden />
      <span>
        {text}
        <span className="visually-hidden">{done ? ' Seen.' : ' Not yet.'}</span>
      </span>
    </li>
  );
}

interface ActsProps {
  readonly acts: readonly CoachAct[];
  readonly step: TourStep;
  readonly isDone: boolean;
  readonly run: TourRun;
  readonly onMove: (move: () => void) => void;
}

function Acts({ acts, step, isDone, run, onMove }: ActsProps) {
  const [busy, setBusy] = useState<string | null>(null);
  const act = async (id: CoachAct['id']) => {
    setBusy(id);
    await runTourAct(id, factsNow(run.sinceMs));
    setBusy(null);
  };
  const isLast = step === TOUR_STEPS.at(-1);
  return (
    <div className="tour-acts">
      {(isDone && !isLast ? [] : acts).map(({ id, label }, index) => (
        <Button
          key={id}
          tone={index === 0 && !isDone ? 'primary' : 'plain'}
          busy={busy === id}
          data-testid={TEST_IDS.tourAct}
          data-act={id}
          onClick={() => void act(id)}
        >
          {label}
        </Button>
      ))}
      <span className="spacer" />
      {isDone ? (
        <Button tone="primary" data-testid={TEST_IDS.tourNext} onClick={() => onMove(nextStep)}>
          {isLast ? 'Finish the tour' : 'Next'}
        </Button>
      ) : (
        <Button tone="quiet" data-testid={TEST_IDS.tourSkip} onClick={() => onMove(skipStep)}>
          {isLast ? 'Finish without' : 'Skip'}
        </Button>
      )}
      <span className="tour-hint" aria-hidden>
        <Kbd keys="F6" />
      </span>
    </div>
  );
}

interface AnnouncementProps {
  readonly step: TourStep;
  readonly number: number;
  readonly isDone: boolean;
  readonly coach: Coach;
}

/** Each new step, what to do, and that it is done; not the figures that tick meanwhile. */
function Announcement({ step, number, isDone, coach }: AnnouncementProps) {
  const what = isDone ? 'Done.' : (coach.todo ?? '');
  return (
    <p className="visually-hidden" role="status">
      {`Tour, step ${number} of ${TOUR_STEPS.length}: ${STEP_TITLES[step]}. ${what}`}
    </p>
  );
}
