// TaxiCredit cab display: housing behind the windscreen. Millimetres.
// x: along the windscreen, y: towards the cabin (0 = glass), z: up.
// Solid:    openscad -D 'part="front"' -o front.stl housing.scad      (part: front, back, all, exploded)
// Pictures, in this folder; apt-get install xvfb xauth where there is no display:
//   view='xvfb-run -a openscad --colorscheme=Tomorrow --imgsize=1100,700'
//   $view --camera=0,0,0,68,0,332,330 -o street-side.png housing.scad
//   $view --camera=0,10,0,62,0,152,330 -o cabin-side.png housing.scad
//   $view --camera=0,0,0,62,0,330,430 -D 'part="exploded"' -o exploded.png housing.scad

part = "all";

// --- required by the board and the lights; a test compares these with the board's outline ---
board_x = 120;          // board outline
board_z = 42;
board_t = 1.6;
hole_inset = 4;         // M3 holes from the corners
channels = 5;           // bar and four stars, from left to right as the street reads them
pitch = 21.5;           // between light chambers
star_r = 8;             // outer radius of a star's window
bar_w = 14;             // window of the bar
bar_h = 6;

// --- the housing ---
wall = 2.4;
front_depth = 14;       // light chamber: LED to diffuser 11 mm mixes three LEDs to one surface
back_depth = 22;        // board, capacitors (17.5 mm tall), plug
lip = 1.6;
hood_top = 10;          // hood around the windows: at its upper edge
hood_low = 26;          // and at its lower edge
pipe_z = 14;            // height of the light pipes above the middle
pipe_d = 3;             // light pipe of each channel, from its chamber to the cabin side
plug_x = 38;            // opening for the vehicle plug, to the right as the street sees it
plug_z = -15;
sticker = 26;
button_d = 6;
$fn = 40;

inner_x = board_x + 2;
inner_z = board_z + 2;
outer_x = inner_x + 2*wall;
outer_z = inner_z + 2*wall;

function channel_x(i) = (i - (channels - 1)/2) * pitch;

module star(r) {
    polygon([for (i = [0:9]) let(a = 90 + i*36, q = i % 2 == 0 ? r : r*0.45) [q*cos(a), q*sin(a)]]);
}

module window(i, grow = 0) {
    if (i == 0) square([bar_w + 2*grow, bar_h + 2*grow], center = true);
    else star(star_r + grow);
}

// Looks along y; children are drawn in the x-z plane.
module upright(y, depth) {
    translate([0, y + depth, 0]) rotate([90, 0, 0]) linear_extrude(depth, convexity = 8) children();
}

module shell(y, depth) {
    upright(y, depth) difference() {
        offset(3) square([outer_x - 6, outer_z - 6], center = true);
        square([inner_x, inner_z], center = true);
    }
}

// Opaque front: windows to the street, walls between the chambers so that no star lights its neighbour.
module front() {
    color([0.13, 0.13, 0.14]) {
        shell(0, front_depth);
        upright(0, wall) difference() {
            offset(3) square([outer_x - 6, outer_z - 6], center = true);
            for (i = [0:channels - 1]) translate([-channel_x(i), 0]) window(i);
        }
        for (i = [0:channels - 2])
            translate([-(channel_x(i) + pitch/2) - 0.6, wall, -inner_z/2]) cube([1.2, front_depth - wall, inner_z]);
        hood();
    }
}

// Hood towards the glass. Its upper edge meets the glass through a soft strip, so that no light can climb behind the glass
// and come down into the driver's eyes; its lower edge reaches further, because the glass leans away.
module hood() {
    render(convexity = 6) intersection() {
        translate([0, -hood_low, 0]) shell(0, hood_low);
        translate([-outer_x, 0, 0]) rotate([90, 0, 90]) linear_extrude(2*outer_x, convexity = 4)
            polygon([[0.01, -outer_z/2], [-hood_low, -outer_z/2], [-hood_top, outer_z/2], [0.01, outer_z/2]]);
    }
}

module diffuser() {
    color([1, 0.72, 0.2, 0.85]) for (i = [0:channels - 1])
        translate([-channel_x(i), 0, 0]) upright(wall, 2) window(i, 1.2);
}

module board() {
    color([0.05, 0.35, 0.15]) upright(front_depth, board_t) difference() {
        square([board_x, board_z], center = true);
        for (x = [-1, 1], z = [-1, 1])
            translate([x*(board_x/2 - hole_inset), z*(board_z/2 - hole_inset)]) circle(d = 3.2);
        for (i = [0:channels - 1]) translate([-channel_x(i), pipe_z]) circle(d = pipe_d + 0.4);
    }
    color([0.95, 0.9, 0.7]) for (i = [0:channels - 1], k = [-1:1])
        translate([-channel_x(i) + k*4.5 - 1.7, front_depth - 1.9, -1.5]) cube([3.4, 1.9, 3]);
}

// Back: opaque to the rear of the car except the five pipes, the status light and the button, which face the cabin.
module back() {
    y = front_depth + board_t;
    color([0.2, 0.2, 0.22]) {
        shell(y - lip, back_depth + lip);
        upright(y + back_depth, wall) difference() {
            offset(3) square([outer_x - 6, outer_z - 6], center = true);
            for (i = [0:channels - 1]) translate([-channel_x(i), pipe_z]) circle(d = pipe_d + 0.2);
            translate([outer_x/2 - 14, -10]) circle(d = button_d);
            translate([outer_x/2 - 26, -10]) circle(d = 2.2);
            translate([-plug_x, plug_z]) square([16, 12], center = true);
        }
        translate([-8, y + 4, -outer_z/2 - 5]) difference() {
            cube([16, 14, 6]);
            translate([8, 7, -1]) cylinder(d = 5.3, h = 8);
        }
    }
    color([1, 0.8, 0.4, 0.9]) for (i = [0:channels - 1])
        translate([-channel_x(i), front_depth + 0.2, pipe_z]) rotate([-90, 0, 0]) cylinder(d = pipe_d, h = board_t + back_depth + wall + 1);
    color([0.7, 0.7, 0.7]) translate([outer_x/2 - 14, y + back_depth + wall, -10]) rotate([-90, 0, 0]) cylinder(d = button_d - 0.4, h = 1.2);
    color([0.1, 0.8, 0.2]) translate([outer_x/2 - 26, y + back_depth + wall, -10]) rotate([-90, 0, 0]) cylinder(d = 2, h = 0.6);
    // the passenger's sticker
    color([0.97, 0.97, 0.97]) translate([-sticker/2, y + back_depth + wall, -20]) cube([sticker, 0.3, sticker]);
}

module exploded() {
    translate([0, -34, 0]) front();
    translate([0, -14, 0]) diffuser();
    board();
    translate([0, 34, 0]) back();
}

if (part == "front") { front(); diffuser(); }
else if (part == "back") back();
else if (part == "exploded") exploded();
else { front(); diffuser(); board(); back(); }
