import { describeSmsSender } from '../../modules/messaging/testing/sender-contract.ts';
import { createSandboxSmsSender } from './index.ts';

describeSmsSender('of the sandbox', async () => ({ sender: createSandboxSmsSender(), close: async () => undefined }));
