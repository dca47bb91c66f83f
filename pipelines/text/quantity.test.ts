import { describe, expect, it } from 'vitest';
import { quantityOf, ucumOf } from './quantity.ts';

describe('a value in the unit of its test', () => {
  it.each([
    ['body weight', 180, 'lbs', ['kg'], { value: 81.6466, unit: 'kg' }],
    ['body temperature', 101.3, '°F', ['°C'], { value: 38.5, unit: 'Cel' }],
    ['hemoglobin', 110, 'g/L', ['g/dL', 'g/L'], { value: 11, unit: 'g/dL' }],
    ['glucose', 5.5, 'mmol/L', ['mg/dL', 'mmol/L'], { value: 99.088, unit: 'mg/dL' }],
    ['creatinine', 106, 'umol/L', ['mg/dL', 'umol/L'], { value: 1.19907, unit: 'mg/dL' }],
    ['urea nitrogen', 7.1, 'mmol/l', ['mg/dL'], { value: 19.8871, unit: 'mg/dL' }],
    ['potassium', 4.1, 'mEq/L', ['mmol/L', 'mEq/L'], { value: 4.1, unit: 'mmol/L' }],
    ['white blood cell count', 7200, '/mm3', ['10*3/uL'], { value: 7.2, unit: '10*3/uL' }],
    ['hemoglobin a1c', 53, 'mmol/mol', ['%', 'mmol/mol'], { value: 7.00044, unit: '%' }],
    ['troponin', 40, 'ng/L', ['ng/mL'], { value: 0.04, unit: 'ng/mL' }],
  ] as const)('%s %d %s', (test, value, unit, own, expected) => {
    expect(quantityOf(test, value, unit, own)).toEqual(expected);
  });

  it.each([
    ['without a unit', 'glucose', null],
    ['of a unit that nobody knows', 'glucose', 'blobs'],
    ['of a unit that measures something else', 'glucose', 'kg'],
    ['between mass and substance of an analyte whose molar mass is not known', 'ferritin', 'mmol/L'],
  ])('is none %s', (_, test, unit) => {
    expect(quantityOf(test, 5.5, unit, ['mg/dL'])).toBeNull();
  });

  it('reads one unit however it is spelt', () => {
    expect(['mg/dl', 'MG/DL', 'mg / dL'].map(ucumOf)).toEqual(['mg/dL', 'mg/dL', 'mg/dL']);
  });
});
