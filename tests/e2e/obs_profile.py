"""A profile of OBS Studio that streams a clip to an address as soon as it starts, and records what
its encoder made for the stream."""

import json
import os

GLOBAL = """[General]
FirstRun=true
LastVersion=486539266
Pre19Defaults=false
Pre21Defaults=false
Pre23Defaults=false
Pre24.1Defaults=false
EnableAutoUpdates=false
[Basic]
Profile=test
ProfileDir=test
SceneCollection=test
SceneCollectionFile=test
"""

BASIC = """[General]
Name=test
[Output]
Mode=Simple
[SimpleOutput]
FilePath={records}
RecFormat=mkv
RecQuality=Stream
StreamEncoder=x264
Preset=ultrafast
VBitrate=1500
ABitrate=128
[Video]
BaseCX=640
BaseCY=360
OutputCX=640
OutputCY=360
FPSType=0
FPSCommon=30
"""

COMMAND = ["obs", "--multi", "--collection", "test", "--profile", "test", "--startstreaming",
           "--startrecording"]


def scene(clip):
    place = {"x": 0.0, "y": 0.0}
    item = {"name": "Clip", "id": 1, "visible": True, "pos": place, "scale": {"x": 1.0, "y": 1.0}}
    return {"name": "test", "current_scene": "Scene", "current_program_scene": "Scene",
            "scene_order": [{"name": "Scene"}],
            "sources": [{"id": "ffmpeg_source", "name": "Clip", "mixers": 255,
                         "settings": {"local_file": clip, "looping": True}},
                        {"id": "scene", "name": "Scene", "settings": {"items": [item]}}]}


def write(config, records, clip, server, key):
    """config: the folder of the user's settings."""
    folder = os.path.join(config, "obs-studio")
    service = {"type": "rtmp_custom", "settings": {"server": server, "key": key}}
    for name, content in (("global.ini", GLOBAL),
                          ("basic/profiles/test/basic.ini", BASIC.format(records=records)),
                          ("basic/profiles/test/service.json", json.dumps(service)),
                          ("basic/scenes/test.json", json.dumps(scene(clip)))):
        file = os.path.join(folder, name)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "w") as out:
            out.write(content)
