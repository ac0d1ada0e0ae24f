import {
  Bot,
  CircleCheck,
  Info,
  Link2,
  OctagonAlert,
  TriangleAlert,
  User,
  type LucideIcon,
} from 'lucide-react';
import type { ActivityActor, ActivityTone } from '#domain/activity.ts';
import type { VaultId } from '#domain/ids.ts';
import { formatClock, formatIso } from '#renderer/ui/format.ts';
import type { TableColumn } from '#renderer/ui/table/table-column.ts';
import type { ActivityLine } from './activity-lines.ts';
import { ACTOR_WORDS, KIND_WORDS, TONE_WORDS } from './activity-words.ts';

const TONE_ICONS: Readonly<Record<ActivityTone, LucideIcon>> = {
  info: Info,
  good: CircleCheck,
  warning: TriangleAlert,
  critical: OctagonAlert,
};

const ACTOR_ICONS: Readonly<Record<ActivityActor, LucideIcon>> = {
  trader: User,
  keel: Bot,
  chain: Link2,
};

export function activityColumns(
  nameOf: (id: VaultId) => string,
): readonly TableColumn<ActivityLine>[] {
  return [
    {
      id: 'at',
      label: 'Time',
      title: 'When it happened; the first of each day says which day',
      width: '168px',
      fixed: true,
      sortable: false,
      className: 'activity-at',
      cell: ({ entry, day }) => (
        <>
          <span className="activity-day">{day}</span>
          <time dateTime={formatIso(entry.atMs)}>{formatClock(entry.atMs)}</time>
        </>
      ),
      text: ({ entry }) => formatIso(entry.atMs),
    },
    {
      id: 'what',
      label: 'What happened',
      title: 'In a sentence; a row opens what it is about',
      width: '300px',
      grows: true,
      fixed: true,
      sortable: false,
      className: 'activity-what',
      cell: (line) => <What line={line} />,
      text: ({ entry }) => [entry.title, entry.text].filter((part) => part !== '').join(': '),
    },
    {
      id: 'kind',
      label: 'Kind',
      title: 'What it is about',
      width: '88px',
      sortable: false,
      className: 'muted',
      cell: ({ entry }) => KIND_WORDS[entry.kind],
      text: ({ entry }) => entry.kind,
    },
    {
      id: 'vault',
      label: 'Vault',
      title: 'Whose it is',
      width: '132px',
      sortable: false,
      className: 'muted',
      cell: ({ entry }) =>
        entry.vaultId === null ? null : <span className="dt-text">{nameOf(entry.vaultId)}</span>,
      text: ({ entry }) => (entry.vaultId === null ? null : nameOf(entry.vaultId)),
    },
    {
      id: 'actor',
      label: 'By',
      title: 'Whose doing it was',
      width: '88px',
      sortable: false,
      className: 'muted activity-actor',
      cell: ({ entry }) => <Actor actor={entry.actor} />,
      text: ({ entry }) => ACTOR_WORDS[entry.actor],
    },
  ];
}

function What({ line: { entry } }: { readonly line: ActivityLine }) {
  const { tone, title, text } = entry;
  const Icon = TONE_ICONS[tone];
  return (
    <>
      <Icon size={14} aria-hidden className={`activity-icon activity-${tone}`} />
      {(tone === 'warning' || tone === 'critical') && (
        <span className="visually-hidden">{TONE_WORDS[tone]}: </span>
      )}
      <span className="activity-title" title={title}>
        {title}
      </span>
      {text !== '' && (
        <span className="dt-text faint" title={text}>
          {text}
        </span>
      )}
    </>
  );
}

function Actor({ actor }: { readonly actor: ActivityActor }) {
  const Icon = ACTOR_ICONS[actor];
  return (
    <>
      <Icon size={13} aria-hidden />
      {ACTOR_WORDS[actor]}
    </>
  );
}
