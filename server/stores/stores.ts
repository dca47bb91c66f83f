import type {
  AnnotationStore,
  CardFeedbackStore,
  ConversationStore,
  GenotypeStore,
  NoteStore,
  PatientStore,
} from '#pipelines/contracts/stores.ts';

/** Every store of the product, opened together and closed together. */
export interface Stores {
  readonly patients: PatientStore;
  readonly notes: NoteStore;
  readonly annotations: AnnotationStore;
  readonly conversations: ConversationStore;
  readonly genotypes: GenotypeStore;
  readonly cardFeedback: CardFeedbackStore;
  close(): Promise<void>;
}
