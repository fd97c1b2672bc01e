let stream;

window.bare.listen(async () => {
  stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  window.bare.send({ type: 'invite' });
});
document.querySelector('button').addEventListener('click', () => {
  for (const track of stream?.getTracks() ?? []) track.stop();
  window.bare.send({ type: 'hang-up' });
});
window.bare.send({ type: 'ready' });
