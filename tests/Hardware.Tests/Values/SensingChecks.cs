namespace TaxiCredit.Hardware.Tests.Values;

/// <summary>Battery, rail, ambient light, power fail, ignition, tamper latch and button.</summary>
internal static class SensingChecks
{
    public static IEnumerable<ValueCheck> Of(DesignValues v) => [.. Measured(v), .. PowerFail(v), .. Ignition(v), .. Contacts(v)];

    private static IEnumerable<ValueCheck> Measured(DesignValues v)
    {
        yield return new("battery divider", 1 / v.Ratio("R61", "R62"), 10.8, 11.2);
        yield return new("what it takes in a parked car, A", 14 / (v.R("R61") + v.R("R62")), 5e-6, 20e-6);
        yield return new("filter of the battery, s", v.Parallel("R61", "R62") * v.C("C61"), 2e-3, 50e-3);
        yield return new("rail divider", v.Ratio("R73", "R74"), 0.49, 0.51);
        yield return new("what it takes, A", 3.31 / (v.R("R73") + v.R("R74")), 5e-6, 30e-6);
        yield return new("filter of the rail, s", v.Parallel("R73", "R74") * v.C("C68"), 1e-3, 20e-3);
        // The window passes a tenth; groups A to C of the sensor together.
        yield return new("brightest sensor at 60,000 lx, V", 6000 * v.Fact("Q1.current", "max") * 1e-8 * v.R("R64"), 0.5, 3.0);
        yield return new("darkest sensor at 4 lx, steps of 7.8 uV", 0.4 * v.Fact("Q1.current", "min") * 1e-8 * v.R("R64") / 7.8e-6, 3, 1000);
        yield return new("filter of the ambient light, s", v.R("R64") * v.C("C63"), 50e-6, 500e-6);
    }

    private static IEnumerable<ValueCheck> PowerFail(DesignValues v)
    {
        double reference = 3.31 * v.Ratio("R8", "R9");
        // Currents at IN+ when the output is high (just before it falls) and low (just before it rises).
        double into = (1 / v.R("R6")) + (1 / v.R("R7")) + (1 / v.R("R13"));
        double falls = ((reference * into) - (3.31 / (v.R("R13") + v.R("R14")))) * v.R("R6");
        double rises = reference * into * v.R("R6");
        yield return new("VPROT at which power fail comes, V", falls, 5.3, 5.9);
        yield return new("VPROT at which it clears, V", rises, 5.5, 6.3);
        yield return new("hysteresis, V", rises - falls, 0.15, 0.8);
        yield return new("comparator at 53.3 V, V", v.Fact("D1.clamp", "max") * v.Ratio("R6", "R7"), 3, 6.5);
        yield return new("what its dividers take in a parked car, A", (14 / (v.R("R6") + v.R("R7"))) + (3.31 / (v.R("R8") + v.R("R9"))), 5e-6, 30e-6);
    }

    private static IEnumerable<ValueCheck> Ignition(DesignValues v)
    {
        double ratio = v.Ratio("R65", "R66");
        // The buffer's threshold, stated at 3 V, grows to 1.15 times at 3.47 V; resistors of 1 %.
        yield return new("divider at 6 V over the highest threshold", 6 * ratio * 0.98 / (v.Fact("U67.rise", "max") * 1.15), 1.02, 1.5);
        yield return new("divider at 1.5 V against the lowest threshold", 1.5 * ratio * 1.02 / v.Fact("U67.fall", "min"), 0.1, 0.9);
        yield return new("clamp at 36 V, A", (36 - 4) / v.R("R65"), 0.05e-3, 1e-3);
        yield return new("filter of the ignition, s", v.Parallel("R65", "R66") * v.C("C64"), 0.1e-3, 2e-3);
    }

    private static IEnumerable<ValueCheck> Contacts(DesignValues v)
    {
        yield return new("button pressed, share of the rail", v.Ratio("R69", "R70"), 0.01, 0.2);
        yield return new("filter of the button, s", v.R("R69") * v.C("C66"), 0.2e-3, 5e-3);
        yield return new("lid open, share of VTAMP", v.Ratio("R67", "R68"), 1e-4, 0.005);
        yield return new("set at power-up, s", v.R("R67") * v.C("C65"), 3e-3, 50e-3);
        yield return new("clear is let go before set, ratio", v.R("R67") * v.C("C65") / (v.R("R76") * v.C("C71")), 5, 20);
        yield return new("what an open lid takes from the cell, A", 3 / (v.R("R67") + v.R("R68")), 0.5e-6, 5e-6);
        yield return new("bypass of the latch, F", v.C("C70"), 68e-9, 470e-9);
        yield return new("current through a shorted D8 into the cell, A", 0.5 / v.R("R75"), 0.1e-3, 1e-3);
        yield return new("drain of the cell in five years, mAh", v.Fact("U69.supply", "max") * 8.766 * 5, 1, v.Fact("CELL1.capacity", "typ"));
    }
}
