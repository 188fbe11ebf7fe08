"""Plays a stream with libVLC until so many pictures, and frames of sound, are decoded. It is what
the program vlc is made of, which itself refuses to run as root. Exits with 0 when they were there
and nothing was damaged or late; prints what went wrong otherwise."""

import signal
import sys
import time

import vlc

OPTIONS = ["--vout=vdummy", "--aout=adummy", "--no-spu", "--network-caching=500", "--quiet"]


def play(url, pictures, sounds):
    engine = vlc.Instance(OPTIONS)
    media = engine.media_new(url)
    player = engine.media_player_new()
    player.set_media(media)
    player.play()
    stats = vlc.MediaStats()
    told = 0
    while player.get_state() not in (vlc.State.Ended, vlc.State.Error):
        media.get_stats(stats)
        if stats.decoded_video >= pictures and stats.decoded_audio >= sounds:
            break
        if stats.decoded_video >= told + 25:
            told = stats.decoded_video
            print(told, "pictures", flush=True)
        time.sleep(0.05)
    state = player.get_state()
    player.stop()
    print(f"decoded {stats.decoded_video} pictures and {stats.decoded_audio} frames of sound, "
          f"lost {stats.lost_pictures}, damaged {stats.demux_corrupted}; {state}")
    whole = stats.decoded_video >= pictures and stats.decoded_audio >= sounds
    return 0 if whole and stats.demux_corrupted == 0 else 1


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.exit(play(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
