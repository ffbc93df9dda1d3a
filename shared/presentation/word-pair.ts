import type { Fingerprint } from '../core/secret.ts';

/**
 * A fingerprint as two words that a person can compare and say: `amber-otter`. One of 65,536, from the first two bytes, so equal
 * secrets have equal pairs and different ones nearly always differ.
 */
export function wordPair(fingerprint: Fingerprint): string {
  const [first, second] = loadWords();
  return `${first[byteAt(fingerprint, 0)] ?? ''}-${second[byteAt(fingerprint, 2)] ?? ''}`;
}

function byteAt(fingerprint: string, at: number): number {
  return Number.parseInt(fingerprint.slice(at, at + 2), 16) & 255;
}

/** Split when first needed: most commands show no pair, and start-up time is counted. */
let words: readonly [readonly string[], readonly string[]] | null = null;

function loadWords(): readonly [readonly string[], readonly string[]] {
  words ??= [FIRST.trim().split(/\s+/), SECOND.trim().split(/\s+/)];
  return words;
}

/** Both lists as they are used, for the test that counts them. */
export function wordLists(): readonly [readonly string[], readonly string[]] {
  return loadWords();
}

// 256 words each, none twice, none that judges the credential it names. The order is part of what people remember: never change it.
const FIRST = `
able agile airy alert amber ample arctic ardent astute autumn azure balmy bold bonny brave breezy bright
brisk broad bronze calm candid canny cheery chosen clean clear clever cloudy coastal cobalt compact cool
copper coral cordial cosmic cosy crimson crisp cubic curious curly daily dainty dapper daring deep deft
dreamy dusky dusty eager early earnest easy elegant emerald even fair fast festive firm fleet floral
fluent fluffy foggy frank fresh frosty fruity funny gallant gentle giant gilded glad global glossy
golden good grand grassy great green grey handy happy hardy hazy hearty helpful high hilly hopeful
humble icy ideal indigo inland inner ivory jade jolly jovial joyful joyous keen kind large leafy level
light lilac lively local lofty long lovely loyal lucid lucky lunar magenta magic marble marine maroon
mellow merry mighty mild milky mint misty modern modest mossy muted narrow navy nearby neat nimble noble
novel ochre olive orange outer oval pale pastel patient pearly perky placid plain playful pleased plucky
plush polar polite popular prime proud purple quaint quick quiet radiant rapid rare regal ripe rising
robust rocky rosy round royal ruby russet rustic sage sandy satin scarlet scenic sedate serene shady
shiny silent silky silver simple sincere sleek sleepy slim small smart smiling smooth snowy snug social
soft solar solid speedy spicy spry starry stately steady stellar strong sturdy suave subtle sunny super
supple sweet swift tall teal tender tidy timely tiny trim upbeat urban valiant vast verdant vernal
violet vivid warm wavy wide winged wise witty woody woolly worthy young zesty zippy
`;

const SECOND = `
acorn alder almond anchor apple apricot arch aspen aster atlas atoll aurora badger bamboo banjo barley
basil basin basket beach beacon beagle beaver beech bell birch bison bobcat bonfire bonsai bramble brook
cabin cactus camel canary candle canoe canyon carrot castle cedar cello cherry chime citrus cliff clock
cloud clover coconut comet compass condor corgi cotton cougar crane crater cricket crocus crystal
cypress daisy deer delta dolphin dove drum dune eagle echo elk elm ember falcon fern ferret field finch
fjord flute forest fossil fox frog galaxy garden garnet gazelle gecko geyser gibbon ginger giraffe
glacier glade globe goose gopher granite grape grove guitar gull hammock hamster harbour harp hawk hazel
hedge heron hill honey horizon ibex ibis iris island ivy jaguar jasmine jay kayak kelp kestrel kite kiwi
koala lagoon lake lantern larch lark laurel ledge lemon lemur lily linden lion llama lotus lupin lynx
magnet magpie mallard mango maple marsh meadow melon minnow mirror moose moss nectar nutmeg oak oasis
ocean ocelot onyx orbit orchard orchid oriole osprey otter owl oyster paddle palm panda panther parrot
pebble pelican penguin pepper petal pigeon pine planet plaza plover pond pony poplar poppy prairie prism
puffin puma quail quarry quartz quill quilt quince rabbit raccoon raft raven reed reef ridge river robin
rocket rose salmon sapling satchel seal sequoia shell shore sparrow spruce star stream summit swallow
swan tapir teapot temple tern thistle thrush thyme tiger timber toucan tower trail trout tulip turtle
valley vanilla viola violin wagon walnut whale wheat willow window wombat wren yak zebra
`;
