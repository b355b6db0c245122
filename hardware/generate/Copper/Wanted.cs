namespace TaxiCredit.Hardware.Generate.Copper;

/// <summary>Pads that a piece of copper has to join; with a plane, one pad and the nearest place for a via.</summary>
/// <param name="Pins">Each a pad, or several that touch.</param>
internal sealed record Wanted(string Net, short Number, NetRule Rule, IReadOnlyList<IReadOnlyList<CopperPad>> Pins, bool ToPlane)
{
    private static readonly string[] Planes = ["GND", "+3V3"];

    // Their currents, or the heat of the part, want more than one via.
    private static readonly Dictionary<string, int> ViasOf = new()
    {
        ["C1"] = 3, ["C2"] = 3, ["C3"] = 3, ["C6"] = 2, ["C7"] = 2, ["C8"] = 3, ["C9"] = 3, ["C12"] = 2, ["C13"] = 2, ["C15"] = 2, ["D1"] = 4, ["R60"] = 2,
        ["C26"] = 2, ["C27"] = 2, ["L3"] = 2, ["BT1"] = 2,
    };

    public static IReadOnlyList<Wanted> Of(IReadOnlyList<CopperPad> pads, IReadOnlyDictionary<string, short> numbers)
    {
        var wanted = new List<Wanted>();
        foreach (var net in pads.Where(pad => pad.Net != "").GroupBy(pad => pad.Net).OrderBy(net => net.Key, StringComparer.Ordinal))
        {
            var rule = NetRule.Of(net.Key);
            var pins = Joint([.. net]);
            if (Planes.Contains(net.Key))
            {
                foreach (var pin in pins.Where(pin => !pin.Any(pad => pad.IsThrough)))
                    for (int i = 0; i < ViasOf.GetValueOrDefault(pin[0].Part, 1); i++)
                        wanted.Add(new Wanted(net.Key, numbers[net.Key], rule, [pin], ToPlane: true));
            }
            else if (net.Key == "/LED_RTN")
            {
                // Kelvin: R63 senses at the shunt's own pad.
                wanted.Add(new Wanted(net.Key, numbers[net.Key], rule, [.. pins.Where(pin => pin[0].Part is "R63" or "R60")], false));
                wanted.Add(new Wanted(net.Key, numbers[net.Key], rule, [.. pins.Where(pin => pin[0].Part is not "R63")], false));
            }
            else if (pins.Count > 1)
                wanted.Add(new Wanted(net.Key, numbers[net.Key], rule, pins, false));
        }

        return wanted;
    }

    private static List<IReadOnlyList<CopperPad>> Joint(IReadOnlyList<CopperPad> pads)
    {
        var pins = new List<IReadOnlyList<CopperPad>>();
        foreach (var pad in pads.OrderByDescending(pad => pad.HalfWidth * pad.HalfHeight))
        {
            int at = pins.FindIndex(pin => pin.Any(other => other.Part == pad.Part && other.Number == pad.Number && other.Distance(pad.X, pad.Y) < 0
                && ((other.Front && pad.Front) || (other.Back && pad.Back))));
            if (at < 0)
                pins.Add([pad]);
            else
                pins[at] = [.. pins[at], pad];
        }

        return pins;
    }
}
