/** What Electron writes although nothing is wrong with the app, each with the reason. Everything else fails a test. */
interface Noise {
  readonly pattern: RegExp;
  readonly reason: string;
}

const noise: readonly Noise[] = [
  {
    pattern:
      /interface_endpoint_client\.cc\(\d+\)\] Message \d+ rejected by interface blink\.mojom\.Widget/,
    reason:
      'no graphics card: a window that is made while Chromium falls back to software asks for its frames twice ' +
      '(1 start in 16 on a busy machine, without any debugger too; the card is painted all the same)',
  },
  {
    pattern: /mojo_audio_output_ipc\.cc.*failed to acquire factory/,
    reason:
      'a window that closed in the moment in which its sound began: there is nobody left to hear it',
  },
  {
    pattern: /atom_cache\.cc.*WM_CHANGE_STATE/,
    reason: 'a note of Chromium to itself at the first minimising of a window',
  },
  {
    pattern:
      /shared_image_interface_proxy\.cc.*Buffer handle is null|one_copy_raster_buffer_provider\.cc.*StagingBuffer's SharedImage failed/,
    reason:
      'no graphics card: parts of a page that were being drawn when Chromium fell back to software, half a second after ' +
      'the start (1 start in some hundreds); they are drawn anew',
  },
  {
    pattern: /shared_image_manager\.cc/,
    reason: 'a frame that was still under way when its window ended',
  },
  {
    pattern: /x11_software_bitmap_presenter\.cc.*XGetWindowAttributes failed/,
    reason:
      'a frame that was still under way when its window ended, painted without a graphics card',
  },
  {
    pattern:
      /(dcsctp_transport|rtc_data_channel)\.cc.*(User-Initiated Abort, reason=Close called|Transport is not started|Can't reset streams as the socket is not connected)/,
    reason: 'the other end of a link closed it, at a hang-up or when it was made anew',
  },
  {
    pattern: /dbus\/(bus|object_proxy)\.cc|Failed to connect to the bus/,
    reason: 'the bus of a test has no services (power, portals, keyring, notifications)',
  },
  {
    pattern:
      /Exiting GPU process due to errors during initialization|viz_main_impl|gpu_process_host/,
    reason: 'no graphics card: Chromium falls back to software',
  },
  {
    pattern: /network_service_instance_impl\.cc.*Network service crashed, restarting service/,
    reason: 'a test has killed it; the app says so, too',
  },
  {
    pattern:
      /gl_(surface|display|factory|context|utils)|command_buffer_proxy|gles2_cmd|angle_platform|vaapi|VA-API|vulkan|egl_util/i,
    reason: 'no graphics card: Chromium tries one interface after the other',
  },
  {
    pattern: /ALSA lib |alsa_util\.cc|pcm_alsa/,
    reason: 'no sound card: only the one of the test',
  },
  {
    pattern: /libnotify|org\.freedesktop\.Notifications/,
    reason: 'no notification daemon on the bus of a test',
  },
  {
    pattern: /frame_cadence_adapter\.cc.*Incoming frame timestamp is not monotonically increasing/,
    reason:
      'a camera on a machine so busy that the times of two pictures are read in the wrong order',
  },
  {
    pattern: /stun_port\.cc|p2p_socket|turn_port\.cc/,
    reason: 'WebRTC says so when an interface goes away under it, which network tests do',
  },
];

/** Lines by which Chromium, Node and the app itself say that something went wrong. */
const alarming = [
  /:(ERROR|FATAL):|Segmentation/,
  /\b(Uncaught|Unhandled\w*)\b|\b\w*(Error|Warning):/,
  /^\S+Z error |"level":"error"/,
];

/** Whether a line of standard error has to be explained. */
export function isAlarming(line: string): boolean {
  return (
    alarming.some((each) => each.test(line)) && !noise.some(({ pattern }) => pattern.test(line))
  );
}
