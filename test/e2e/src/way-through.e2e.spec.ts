import { describe } from '@jest/globals';
import { theWayThrough } from './way-through.js';

describe('from a reading to a closed case', () => theWayThrough());
