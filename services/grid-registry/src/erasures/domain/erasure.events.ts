import type { ErasureCarriedOut, ErasureRequested, PersonErased } from '@brain/contracts';

export type ErasureEvent = ErasureRequested | PersonErased | ErasureCarriedOut;
