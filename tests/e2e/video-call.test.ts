import { describeVideoCall } from './calls/video-call';

describeVideoCall('a video call between two apps', { packaged: false });
