// A film from ffmpeg that spans many sectors: noise keeps the encoder from shrinking it.
import { stat } from 'node:fs/promises';
import { run } from './devnet.mjs';

export async function film(file, megabytes) {
  const seconds = Math.max(4, Math.round(megabytes / 5));
  const result = await run('ffmpeg', ['-nostdin', '-v', 'error', '-y',
    '-f', 'lavfi', '-i', `testsrc2=size=640x360:rate=25:duration=${seconds}`,
    '-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`,
    '-vf', 'noise=alls=40:allf=t', '-c:v', 'libx264', '-preset', 'ultrafast',
    '-b:v', '40M', '-minrate', '40M', '-maxrate', '40M', '-bufsize', '40M', '-x264-params', 'nal-hrd=cbr',
    '-g', '50', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest', '-movflags', '+faststart', file]);
  if (result.code !== 0) throw new Error(`ffmpeg: ${result.stderr}`);
  return (await stat(file)).size;
}

export async function probe(source) {
  const result = await run('ffprobe', ['-v', 'error', '-show_entries',
    'format=duration,size:stream=codec_name,nb_frames', '-of', 'json', source]);
  if (result.code !== 0) throw new Error(`ffprobe: ${result.stderr}`);
  return JSON.parse(result.stdout);
}
