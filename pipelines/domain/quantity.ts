/** A number with its unit as a UCUM code, for example `{ value: 7.2, unit: 'mmol/L' }`. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
}
