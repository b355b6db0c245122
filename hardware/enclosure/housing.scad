// TaxiCredit cab display: housing behind the windscreen. Millimetres.
// x: to the right as the street sees it, y: towards the cabin (0 = street face), z: up.
// Every part is drawn in straight pull along y, so that it can be moulded; the first ten are printed. All of it is black; the pictures are not.
// Solid:    openscad -D 'part="front"' -o front.stl housing.scad      (part: front, lid, hood, filter, diffusers, masks, pipes, plunger, sticker)
// Pictures: hardware/enclosure/render

part = "all";

// --- what the board asks for; tests slice the solid and lay KiCad's board into it ---
board_x = 150;
board_z = 46;
board_t = 1.6;
screws = [[4, 4], [4, 42], [139, 4], [117, 42]];   // from the board's upper left corner as the street sees it, as all pairs below
pegs = [[147, 4], [147, 44]];                       // the lid holds the antenna's end without metal
channels = 5;           // bar and four stars, from left to right as the street reads them
pitch = 28;             // 13.7 mm between two stars: 3.1 minutes of arc at 15 m
led_height = 1.9;
pipe_row = 9;
status = [100, 33];
button = [88, 33];
button_height = 7.68;   // of the switch, above the board
tamper = [88, 14];
tamper_height = 7;      // of the pressed switch, above the board
sensor = [61, 41];
plug = [22, 39];

// --- light ---
star_r = 7.5;           // outer radius of a star's window
bar_w = 13;
bar_h = 5.7;
filter_t = 2;           // neutral grey PMMA
diffuser_t = 2;         // light-shaping film on clear PMMA
mixing = 11;            // from the top of an LED to the diffuser: less, and one sees the LEDs
led_ring = 3.6;         // of a star's LEDs around its middle, behind the notches between its arms
led_row = 5.4;          // between the bar's LEDs
chamber_w = 26;
chamber_low = -11.5;    // the strip of the board below belongs to the drivers
chamber_top = 16.5;     // encloses the light pipes
mask_t = 0.25;          // black film on the LEDs: only their cavities shine and reflect
mask_d = 2.8;
sensor_d = 6;

// --- housing ---
wall = 2.4;
web = 2.1;              // opaque, with the windows' shapes, behind the filter
pocket = filter_t + 0.1;
back_depth = 20;        // 17.5 mm of C9 and air
play = 0.15;
overlap = 3;            // of the lid's tongue
well_d = 6.4;           // head of an M3 pan head screw: 5.6
column_d = 9.4;
floor_t = 3;            // below the screw's head
post_d = 7.6;
insert_d = 4;           // brass insert M3 x 5.7; when moulded, 2.5 for a thread-forming screw
insert_depth = 6.5;
pipe_d = 3;             // PMMA rod
sleeve_d = 6;
button_d = 6;
plug_w = 14;
plug_h = 13;
tab_w = 18;
tab_h = 12;
hood_top = 10;          // hood towards the glass: at its upper edge
rake = 30;              // of the windscreen, degrees from the vertical: print the hood for the car
sticker = 26;
$fn = 40;

inner_x = board_x + 1;
inner_z = board_z + 1;
outer_x = inner_x + 2*wall;
outer_z = inner_z + 2*wall;
web_y = pocket + web;
board_y = web_y + diffuser_t + mixing + led_height;    // board's street side
back_y = board_y + board_t;
lid_y = back_y + back_depth;
depth = lid_y + wall;
hood_low = hood_top + outer_z*tan(rake);

function channel_x(i) = (i - (channels - 1)/2) * pitch;
// Middles of a light's LEDs from its own; a star's lie behind the notches between its arms, so that each lights two or more.
function leds(i) = i == 0 ? [[-led_row, 0], [0, 0], [led_row, 0]] : [for (a = [30, -90, 150]) led_ring*[cos(a), sin(a)]];
function on_board(p) = [p[0] - board_x/2, board_z/2 - p[1]];

module star(r) {
    polygon([for (i = [0:9]) let(a = 90 + i*36, q = i % 2 == 0 ? r : r*0.45) [q*cos(a), q*sin(a)]]);
}

module window(i) {
    if (i == 0) square([bar_w, bar_h], center = true);
    else star(star_r);
}

// Looks along y; children are drawn in the x-z plane.
module upright(y, until) {
    translate([0, until, 0]) rotate([90, 0, 0]) linear_extrude(until - y, convexity = 8) children();
}

module outline(grow = 0) {
    offset(3 + grow) square([outer_x - 6, outer_z - 6], center = true);
}

module inside(grow = 0) {
    square([inner_x + 2*grow, inner_z + 2*grow], center = true);
}

module chambers(grow) {
    for (i = [0:channels - 1])
        translate([channel_x(i) - chamber_w/2 - grow, chamber_low - grow])
            square([chamber_w + 2*grow, chamber_top - chamber_low + 2*grow]);
}

module filter_sheet(grow = 0) {
    offset(2 + grow) square([outer_x - 12, outer_z - 12], center = true);
}

module tab(z) {
    translate([-tab_w/2, z > 0 ? outer_z/2 - 1 : -outer_z/2 - tab_h]) square([tab_w, tab_h + 1]);
}

// Opaque front: pocket for the filter, windows, light-tight chambers, posts, mounting tabs.
module front() {
    color([0.5, 0.51, 0.54]) difference() {
        union() {
            upright(0, pocket) difference() { outline(); filter_sheet(0.1); }
            upright(pocket, web_y) difference() {
                outline();
                for (i = [0:channels - 1]) translate([channel_x(i), 0]) window(i);
                translate(on_board(sensor)) circle(d = sensor_d);
            }
            upright(web_y - 0.01, back_y) difference() { outline(); inside(); }
            upright(back_y - 0.01, back_y + overlap) difference() { outline(); inside(wall/2); }
            // 0.3 mm before the board: a strip of black foam closes the gap
            upright(web_y - 0.01, board_y - 0.3) difference() { chambers(2); chambers(0); }
            upright(web_y - 0.01, board_y - 0.3) translate(on_board(sensor)) difference() {
                circle(d = sensor_d + 2.6);
                circle(d = sensor_d);
            }
            upright(web_y - 0.01, board_y) for (p = screws) translate(on_board(p)) circle(d = post_d);
            upright(web_y - 0.01, board_y) translate([inner_x/2 - 3, -15]) square([3.5, 30]);
            upright(9.5, 15.5) for (z = [-1, 1]) tab(z);
        }
        upright(board_y - insert_depth, board_y + 1) for (p = screws) translate(on_board(p)) circle(d = insert_d);
        for (z = [-1, 1]) translate([0, 0, z*(outer_z/2 + tab_h/2)]) {
            upright(0, 30) circle(d = 5.3);
            upright(11.5, 30) circle(d = 9.3, $fn = 6);       // M5 nut
        }
    }
}

// The lid: columns onto the board, wells for the screws, light pipes, plug well, lug of the tamper switch, breather.
module lid() {
    color([0.66, 0.67, 0.7]) difference() {
        union() {
            upright(back_y + 0.2, back_y + overlap + 0.2) difference() { inside(wall/2 - play); inside(); }
            upright(back_y + overlap + 0.2, lid_y) difference() { outline(); inside(); }
            upright(lid_y - 0.01, depth) outline();
            upright(back_y, lid_y + 0.01) for (p = screws) translate(on_board(p)) circle(d = column_d);
            upright(back_y, lid_y + 0.01) for (p = pegs) translate(on_board(p)) circle(d = 4);
            upright(back_y + 1.2, lid_y + 0.01) {
                for (i = [0:channels - 1]) translate([channel_x(i), on_board([0, pipe_row])[1]]) circle(d = sleeve_d);
                translate(on_board(status)) circle(d = sleeve_d);
                translate(on_board(plug)) square([plug_w + 2.4, plug_h + 2.4], center = true);
            }
            upright(back_y + tamper_height, lid_y + 0.01) translate(on_board(tamper)) square([3, 5], center = true);
        }
        upright(back_y + floor_t, depth + 1) for (p = screws) translate(on_board(p)) circle(d = well_d);
        upright(back_y - 1, depth + 1) {
            for (p = screws) translate(on_board(p)) circle(d = 3.4);
            for (i = [0:channels - 1]) translate([channel_x(i), on_board([0, pipe_row])[1]]) circle(d = pipe_d + 0.2);
            translate(on_board(status)) circle(d = pipe_d + 0.2);
            translate(on_board(button)) circle(d = button_d);
            translate(on_board(plug)) square([plug_w, plug_h], center = true);
            for (x = [-20, 0, 20]) translate([x, -inner_z/2 + 1.5]) square([14, 1.2], center = true);
        }
    }
}

// Slips over the front. Its upper edge meets the glass through a soft strip, so that no light climbs behind the glass and comes
// down into the driver's eyes; its lower edge reaches further, because the glass leans away.
module hood() {
    color([0.58, 0.58, 0.6]) intersection() {
        upright(-hood_low, 9) difference() { outline(play + 1.8); outline(play); }
        translate([-outer_x, 0, 0]) rotate([90, 0, 90]) linear_extrude(2*outer_x, convexity = 4)
            polygon([[9, -outer_z], [-hood_low - outer_z/2*tan(rake), -outer_z], [-hood_top + outer_z/2*tan(rake), outer_z], [9, outer_z]]);
    }
}

module filter() { color([0.3, 0.25, 0.2, 0.35]) upright(0.05, 0.05 + filter_t) filter_sheet(); }

module diffusers() {
    color([1, 0.72, 0.2]) upright(web_y, web_y + diffuser_t) for (i = [0:channels - 1])
        translate([channel_x(i), (chamber_top + chamber_low)/2]) square([chamber_w - 0.4, chamber_top - chamber_low - 0.4], center = true);
}

// One self-adhesive piece on the LEDs of each light.
module masks() {
    color([0.08, 0.08, 0.08]) upright(board_y - led_height - mask_t, board_y - led_height) for (i = [0:channels - 1]) difference() {
        translate([channel_x(i), (chamber_top + chamber_low)/2]) square([chamber_w - 1, chamber_top - chamber_low - 1], center = true);
        for (p = leds(i)) translate(p + [channel_x(i), 0]) circle(d = mask_d);
        translate([channel_x(i), on_board([0, pipe_row])[1]]) circle(d = pipe_d + 0.4);
    }
}

// Five rods through mask and board from the chambers, one from the status LED, which ends before it.
module pipes() {
    color([1, 0.8, 0.4]) {
        upright(board_y - led_height - 0.5, depth + 0.5) for (i = [0:channels - 1]) translate([channel_x(i), on_board([0, pipe_row])[1]]) circle(d = pipe_d);
        upright(back_y + 1.4, depth + 0.5) translate(on_board(status)) circle(d = pipe_d);
    }
}

module plunger() {
    color([0.7, 0.7, 0.7]) translate(concat(on_board(button)[0], 0, on_board(button)[1])) {
        upright(back_y + button_height + 0.2, depth + 1.2) circle(d = button_d - 0.4);
        upright(lid_y - 1.8, lid_y - 0.3) circle(d = 9);
    }
}

// A block for each part that matters to the housing; the tests use KiCad's board instead.
module board() {
    color([0.1, 0.55, 0.25]) upright(board_y, back_y) difference() {
        square([board_x, board_z], center = true);
        for (p = screws) translate(on_board(p)) circle(d = 3.2);
        for (i = [0:channels - 1]) translate([channel_x(i), on_board([0, pipe_row])[1]]) circle(d = pipe_d + 0.4);
    }
    color([0.95, 0.9, 0.7]) upright(board_y - led_height, board_y) for (i = [0:channels - 1]) translate([channel_x(i), 0])
        for (p = leds(i)) translate(p) square([3.2, 2.8], center = true);
    color([0.3, 0.3, 0.32]) upright(board_y - 0.9, board_y) translate(on_board(sensor)) square([2, 1.25], center = true);
    color([0.15, 0.15, 0.15]) upright(back_y, back_y + 9.9) translate(on_board(plug)) square([10.2, 8.8], center = true);
    color([0.75, 0.75, 0.75]) upright(back_y, back_y + 3.1) translate(on_board([137.25, 32])) square([25.5, 18], center = true);
    color([0.6, 0.65, 0.7]) upright(back_y, back_y + 17.5) translate(on_board([60, 24])) circle(d = 16);
    color([0.1, 0.1, 0.1]) upright(back_y, back_y + tamper_height) translate(on_board(tamper)) square([8.4, 4.8], center = true);
    color([0.1, 0.1, 0.1]) upright(back_y, back_y + button_height) translate(on_board(button)) square([6.2, 6.25], center = true);
}

module screw() {
    color([0.8, 0.7, 0.3]) { upright(back_y + floor_t - 10, back_y + floor_t) circle(d = 3); upright(back_y + floor_t, back_y + floor_t + 2.4) circle(d = 5.6); }
}

module sticker() {
    color([0.97, 0.97, 0.97]) upright(depth, depth + 0.3) translate([-17, -6]) square([sticker, sticker], center = true);
}

module at_y(y) { translate([0, y, 0]) children(); }

// step 1: front with filter and diffusers; 2: board; 3: lid with pipes and plunger; 4: screws and sticker; 5: hood
module step(n) {
    front();
    if (n == 1) { at_y(-30) filter(); at_y(45) diffusers(); }
    else { diffusers(); at_y(n == 2 ? 40 : 0) { board(); masks(); } }
    if (n >= 3) at_y(n == 3 ? 45 : 0) { lid(); at_y(n == 3 ? 30 : 0) pipes(); at_y(n == 3 ? -14 : 0) plunger(); }
    if (n >= 4) at_y(n == 4 ? 40 : 0) { for (p = screws) translate(concat(on_board(p)[0], 0, on_board(p)[1])) screw(); sticker(); }
    if (n == 5) at_y(-60) hood();
    if (n > 1) filter();
}

if (part == "front") front();
else if (part == "lid") lid();
else if (part == "hood") hood();
else if (part == "filter") filter();
else if (part == "diffusers") diffusers();
else if (part == "masks") masks();
else if (part == "pipes") pipes();
else if (part == "plunger") plunger();
else if (part == "sticker") sticker();
else if (part == "exploded") {
    at_y(-110) hood(); at_y(-50) filter(); front(); at_y(45) diffusers(); at_y(75) masks(); at_y(95) board(); at_y(140) lid(); at_y(165) plunger(); at_y(190) pipes();
    at_y(190) for (p = screws) translate(concat(on_board(p)[0], 0, on_board(p)[1])) screw();
}
else if (part == "step1") step(1);
else if (part == "step2") step(2);
else if (part == "step3") step(3);
else if (part == "step4") step(4);
else if (part == "step5") step(5);
else { front(); diffusers(); masks(); board(); lid(); pipes(); plunger(); hood(); sticker(); filter(); }
