window.bare.listen(({ name }) => {
  document.querySelector('h1').textContent = name;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      performance.mark('bare:painted');
      window.bare.send({ type: 'painted' });
    }),
  );
});

document.querySelector('button').addEventListener('click', () => {
  performance.mark('bare:accept');
  window.bare.send({ type: 'accept' });
});
