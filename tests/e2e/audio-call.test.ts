import { describeAudioCall } from './calls/audio-call';

describeAudioCall('an audio call between two apps', { packaged: false });
