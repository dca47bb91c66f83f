import { describe, expect, it } from 'vitest';
import { ClinicalError } from '#pipelines/errors.ts';
import { isLoopback, loadConfig, SETTINGS } from './config.ts';

const failureOf = (environment: Record<string, string>): ClinicalError => {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ClinicalError) return error;
  }
  throw new Error('expected a ClinicalError');
};

describe('configuration', () => {
  it('listens on loopback only, unless told otherwise', () => {
    expect(loadConfig({}).host).toBe('127.0.0.1');
  });

  it('refuses another address without an access token', () => {
    expect(failureOf({ HOST: '0.0.0.0' }).details).toMatchObject({ name: 'HOST' });
    expect(loadConfig({ HOST: '0.0.0.0', ACCESS_TOKEN: 'a-token-of-some-length' }).host).toBe('0.0.0.0');
  });

  it('names the setting that is wrong and keeps its value to itself', () => {
    const error = failureOf({ ACCESS_TOKEN: 'short-secret' });
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.message).toContain('ACCESS_TOKEN');
    expect(error.message).not.toContain('short-secret');
    expect(failureOf({ PORT: 'eighty' }).details).toMatchObject({ name: 'PORT' });
  });

  it('counts an empty setting as not set', () => {
    expect(loadConfig({ PORT: '', DEMO: ' ' })).toMatchObject({ port: 3180, demo: true });
  });

  it('wants a model name beside a language model server', () => {
    expect(failureOf({ LANGUAGE_MODEL_URL: 'http://127.0.0.1:11434/v1' }).details).toMatchObject({
      name: 'LANGUAGE_MODEL_NAME',
    });
  });

  it('documents every setting', () => {
    for (const setting of Object.values(SETTINGS)) expect(setting.meaning.length).toBeGreaterThan(10);
  });

  it('knows loopback names', () => {
    expect(['localhost', '127.0.0.1', '127.3.2.1', '[::1]'].every(isLoopback)).toBe(true);
    expect(['127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1', '0.0.0.0'].some(isLoopback)).toBe(false);
  });
});
