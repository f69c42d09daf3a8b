// Folders.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const E2E = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const ROOT = path.resolve(E2E, '..');
export const OUT = path.join(E2E, 'out');
/** The Python of the real clients, as `need_python_packages` in `xtask/setup.sh` lays it down. */
export const PYTHON = path.join(ROOT, 'target', 'clients', 'bin', 'python');
