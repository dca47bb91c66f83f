import { openDatabase } from './database.ts';
import { SqliteCardFeedbackStore } from './card-feedback-store.ts';
import { SqliteAnnotationStore } from './annotation-store.ts';
import { SqliteConversationStore } from './conversation-store.ts';
import { SqliteGenotypeStore } from './genotype-store.ts';
import { SqliteNoteStore } from './note-store.ts';
import { SqlitePatientStore } from './patient-store.ts';
import { lockDataDir } from './data-dir-lock.ts';
import type { Stores } from '../stores.ts';

export { lockDataDir };

/**
 * Opens every store of a data folder on one SQLite file, and holds the folder until `close`.
 *
 * @throws ClinicalError `DATA_DIR_IN_USE`, `DATA_DIR_UNWRITABLE`, `STORE_DAMAGED`
 */
export function openSqliteStores(dataDir: string): Stores {
  const lock = lockDataDir(dataDir);
  try {
    const database = openDatabase(dataDir);
    return {
      patients: new SqlitePatientStore(database.query),
      notes: new SqliteNoteStore(database.query),
      annotations: new SqliteAnnotationStore(database.query),
      conversations: new SqliteConversationStore(database.query),
      genotypes: new SqliteGenotypeStore(database.query),
      cardFeedback: new SqliteCardFeedbackStore(database.query),
      close: async () => {
        await database.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
