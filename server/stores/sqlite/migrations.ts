import type BetterSqlite3 from 'better-sqlite3';

/**
 * Steps from an empty file to today's tables, in order; `user_version` counts how many were taken. A step that was
 * released is never changed. Rows of `note` cannot be altered but for their reading state, nor deleted.
 */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE patient (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, birth_date TEXT, sex TEXT, race TEXT, ethnicity TEXT,
    identifiers TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE note (
    receipt INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, patient TEXT NOT NULL REFERENCES patient (id),
    type TEXT NOT NULL, date TEXT NOT NULL, text TEXT NOT NULL, sha256 TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'read', 'failed')),
    actor TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (patient, sha256)
  ) STRICT;
  CREATE INDEX note_by_state ON note (state);
  CREATE TRIGGER note_text_is_immutable
    BEFORE UPDATE OF id, patient, type, date, text, sha256, actor, at ON note
    BEGIN SELECT RAISE (ABORT, 'notes are immutable'); END;
  CREATE TRIGGER note_is_kept BEFORE DELETE ON note BEGIN SELECT RAISE (ABORT, 'notes are kept'); END;
  CREATE TABLE reading_failure (
    note TEXT NOT NULL REFERENCES note (id), error_code TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE annotation (
    note TEXT NOT NULL REFERENCES note (id), pipeline TEXT NOT NULL, layers TEXT NOT NULL,
    actor TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (note, pipeline)
  ) STRICT;
  CREATE TABLE timeline_event (
    pipeline TEXT NOT NULL, id TEXT NOT NULL, note TEXT NOT NULL REFERENCES note (id), patient TEXT NOT NULL,
    ordinal INTEGER NOT NULL, event TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (pipeline, id)
  ) STRICT;
  CREATE INDEX timeline_event_by_patient ON timeline_event (patient, pipeline);
  CREATE INDEX timeline_event_by_note ON timeline_event (note, pipeline);
  CREATE TABLE line (
    pipeline TEXT NOT NULL, id TEXT NOT NULL, note TEXT NOT NULL REFERENCES note (id), patient TEXT NOT NULL,
    ordinal INTEGER NOT NULL, date TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, vector BLOB NOT NULL,
    actor TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (pipeline, id)
  ) STRICT;
  CREATE INDEX line_by_patient ON line (patient, pipeline, kind);
  CREATE INDEX line_by_note ON line (note, pipeline);
  CREATE INDEX line_by_id ON line (id);
  CREATE TABLE conversation (
    id TEXT PRIMARY KEY, patient TEXT NOT NULL REFERENCES patient (id), actor TEXT NOT NULL, at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX conversation_by_patient ON conversation (patient);
  CREATE TABLE turn (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL REFERENCES conversation (id), patient TEXT NOT NULL REFERENCES patient (id),
    question TEXT NOT NULL, asked_for TEXT, answer TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX turn_by_conversation ON turn (conversation);
  CREATE TABLE cited_range (
    turn TEXT NOT NULL REFERENCES turn (id), note TEXT NOT NULL REFERENCES note (id), "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX cited_range_by_note ON cited_range (note, "start");
  CREATE TABLE feedback (
    id INTEGER PRIMARY KEY AUTOINCREMENT, answer TEXT NOT NULL REFERENCES turn (id),
    patient TEXT NOT NULL REFERENCES patient (id), verdict TEXT NOT NULL, comment TEXT,
    actor TEXT NOT NULL, at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE genotype_upload (
    id TEXT PRIMARY KEY, patient TEXT NOT NULL REFERENCES patient (id), kind TEXT NOT NULL, name TEXT NOT NULL,
    results TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX genotype_upload_by_patient ON genotype_upload (patient);
  `,
  `
  CREATE TABLE card_feedback (
    id INTEGER PRIMARY KEY AUTOINCREMENT, service TEXT NOT NULL, card TEXT NOT NULL, outcome TEXT NOT NULL,
    accepted TEXT NOT NULL, reason TEXT, comment TEXT, outcome_at TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX card_feedback_by_service ON card_feedback (service);
  `,
];

/** Brings a database file up to date; each step is one transaction. */
export function migrate(database: BetterSqlite3.Database): void {
  const done = database.pragma('user_version', { simple: true }) as number;
  MIGRATIONS.slice(done).forEach((statements, index) => {
    database.transaction(() => {
      database.exec(statements);
      database.pragma(`user_version = ${done + index + 1}`);
    })();
  });
}
