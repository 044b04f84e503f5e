"""Names of people that are also ordinary English words, such as `will` and `grant`.

In: nothing. Out: words. Touches nothing.
"""

from __future__ import annotations

_WORDS = """
abbey ace alder alley amber amity angel ant april arch arms arrow art ash aspen august aurora autumn baker ball
banister bank banks barber bard barn barrel base basil bass battle bay beach bean bear beard beau beck bee bell belle
bench berry best beth bill birch bird bishop black blank blaze bliss bloom blue bob bolt bond bone bonnie book booker
booth bow bowl bowman box boy branch brand brewer brick bridge briggs bright broad brook brooke brooks brown buck bud
buddy bull burden burns bush buster butcher butler butter button bye cage cain candy cane canon cape card care carol
carpenter carter carver case cash castle cat cave celeste chamber chambers champion chance chandler chaplain chapman
charity chase cherry chip christian chuck church clarity clark clay clear clerk cliff close cloud clove coats coffee
coffin cold cole collier colt comfort con constance cook cooper coral corn costs counts court courtesy cousins cox
crane crew cricket crisp crook cross crow crown cruise cruse crystal cutter daisy dale dallas dance darling dash dawn
day deal dean dear deer dell destiny diamond dick dike dillon ditch dollar dolly don dot dove downs drake draper draw
drew driver duck duke dunn dusty eagle earl early earnest east easter echo eden ember end english essence eve ever
fair faith fall farmer farrow favor fawn fern field fields finch fine fire fish fisher fitch fleet fletcher flint
flood flora flower flowers ford foreman forest foster found fowler fox france frank franklin freed freeman french
friend frost fuller gain gale gamble game garden gardener garnet gates gay gene genesis gentle gentry gift ginger
glass glen glory glove glover gold golden goldie good goodman grace gracious grant grave graves gray green grey groom
grove guest gunner guy hale hall hand hands happy harbor harden hardy hare harley harmony harp harper harry haste
hatch haven hawk hawkins hay hazel head heard heart heath heather heaven held herb herd hick hide high hill hills hire
hoard hogg hold holder holland hollow holly holt home honest honey honor hood hook hooker hooper hope horn horner
house hunt hunter hurt ice iris ivory ivy jack jade jasmine jay jersey jet jewel job jobs joiner jolly jordan journey
joy jubilee judge june just justice karma kay keel keen keeper kelly kettle key keys kind king kit knight knot lake
lamb lance land lane large lark laurel lavender law lawless lawyer leach leader leaf lean learned leather leave lee
lemon liberty light lilly lily limb link lively lock locke lodge long look lord love loveless low loyal lucas lucky
lunch lush lyric mace mack magic magnolia major mallet man mann maple march marina mark marks marsh marshal marshall
mason masters mate matt matter max may mayor mead meadow means medley meek melody mercer merchant mercy mere merit
merry mike miles mill miller mills miner minor mint misty mix money monk moody moon moor moore moose more morning moss
mount mountain mudd myrtle nail nash neck new newcomer newman nice nick nickel night noble nock noon norm north nova
nurse nutter oak oaks oats ocean odd old olive opal outlaw owens pace pack page paige pain painter palm palmer pansy
park parker parks parson parsons part pass passmore pat patience patient patsy payer paynter peace peach peacock peak
pearl peel peg pen penny people pepper perry person peter phelps pick pickle pierce pike pine piper pitcher pitt place
plank plant plate player pleasant plumb plumber poet pole pond pool poor pope poppy porter post pot potter pound
powder power powers pray precious present press price pride priest prime prince prior proctor promise proper prudence
purse queen queenie quest quick rain rainbow raines rains ram ranger ransom raven ray read reader reading record red
redd reed reef reeve rest reward rice rich rider ridge ring rings river rivers road rob robe robin rock rocket rocky
rod rolls roof rook root roots rope rose rosemary ross round rover rowan rowe royal ruby rule rush rust rusty ruth
sadler sage sail sailor sally salmon salt sand sands sandy savage savannah sawyer scales scarlet school score scout
seal seals seaman sears season self serenity sewell sexton shade shaft sharp shaw shearer sheets shelter shepherd
shipman shoemaker shook shore short shorter shorts shred silver singer single sink skinner sky slack slater slaughter
sleep slick small smart smith snow sole son song sonny sore sparks sparrow speaker spear speed spell spence spencer
spicer spike spring springer spurs stable stack staff stage stamp stamps standard star stark starr steel steele stella
sterling steward still stock stokes stone storey storm story strain strange stranger straw street strength strong
stump sue sugar summer summers sunday sunny sunshine swallow swan swear sweat sweet swift sylvan tab tad tailor tall
tamar tanner tate tawny taylor teller temperance temple terra terry thatcher thorn thorne tiffany tiller tillman tim
timber tower towers town townsend trace tracy trainer travis treasure treat tree trees trick trinity trip tripp trot
trotter true trump truth tubbs tuck tucker turner twain underhill underwood unique unity upright usher vale valor van
vane verity vest vice vickers victor victory vine viola violet wade wages wagner wait waiter wake wakes walk walker
wall waller walls ward warden ware warm warner warren wash water waters watt watts wave way weaver webb weeks weir
welcome well wells west wheat wheel wheeler whip white whiting wick wild wilder will willow win winch wind winds wine
wing winner winter winters wise wish witt wolf wolfe wood woodman woods woody words work workman worth wray wren
wrench wright wynn yard yarn yates young younger zeal zen
"""

ORDINARY = frozenset(_WORDS.split())
"""Given names and family names, collected by us and not complete: a name that is missing here counts as no word."""
