import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'brain:public';

/** This route or controller needs no token. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC, true);
