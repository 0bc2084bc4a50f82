// Chromium plays the stored film from the gateway's page and seeks in it.
// usage: browser.mjs [MEGABYTES [SCREENSHOT.png]]
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { Devnet, discard, scratch } from '../lib/devnet.mjs';
import { film } from '../lib/video.mjs';

const megabytes = Number(process.argv[2] ?? 20);
const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
if (!executablePath) {
  console.log('skipped: no Chromium on this machine (apt-get install chromium)');
  process.exit(0);
}
const work = await scratch();
const screenshot = process.argv[3] ?? join(work, 'playing.png');
const devnet = await Devnet.start(join(work, 'devnet'));
let browser;
try {
  const original = join(work, 'video.mp4');
  await film(original, megabytes);
  const put = await devnet.json('storage', 'put', original);
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu',
    '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required'] });
  const page = await browser.newPage({ viewport: { width: 1000, height: 760 } });
  const failures = [];
  page.on('pageerror', (error) => failures.push(error.message));
  await page.goto(new URL(`/v/${put.id}`, devnet.ready.gateway).href);
  const played = await page.evaluate(async () => {
    const video = document.querySelector('video');
    video.muted = true;
    await video.play();
    await new Promise((done, fail) => {
      video.ontimeupdate = () => video.currentTime > 0.5 && done();
      video.onerror = () => fail(new Error(video.error.message));
    });
    const duration = video.duration;
    const target = duration * 0.8;
    await new Promise((done, fail) => {
      video.ontimeupdate = null;
      video.onerror = () => fail(new Error(video.error.message));
      video.onseeked = done;
      video.currentTime = target;
    });
    await new Promise((done) => { video.ontimeupdate = () => video.currentTime > target + 0.2 && done(); });
    video.pause();
    return { duration, target, time: video.currentTime, width: video.videoWidth, frames:
      video.getVideoPlaybackQuality().totalVideoFrames };
  });
  await page.screenshot({ path: screenshot });
  console.log(JSON.stringify(played));
  assert.equal(played.width, 640);
  assert.ok(played.time > played.target && played.frames > 10);
  assert.deepEqual(failures, []);
  console.log('1 passed, 0 failed');
} finally {
  await browser?.close();
  await devnet.stop();
  if (!process.argv[3]) await discard(work);
}
