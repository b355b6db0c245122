namespace TaxiCredit.Hardware.Tests.Values;

/// <summary>LED currents, their measurement and the diagnosis threshold.</summary>
internal static class LightChecks
{
    public static IEnumerable<ValueCheck> Of(DesignValues v)
    {
        for (int channel = 1; channel <= 5; channel++)
        {
            yield return new($"current of channel {channel}, A", Amperes(v, $"R{channel}0"), 0.0475, 0.0525);
            yield return new($"bypass of driver {channel}, F", v.C($"C{channel}01"), 68e-9, 470e-9);
        }

        double perChannel = 1000 * v.R("R60") * Amperes(v, "R10");
        yield return new("one channel at the shunt, mV", perChannel, 105, 115);
        // At 2 % one channel must stand out of the offset between ranges and inputs (3 LSB each of 62.5 uV) by four to one.
        yield return new("one channel at night over the converter's offset", 0.02 * perChannel * 1000 / (62.5 * (v.Fact("U66.offset", "max") + v.Fact("U66.offset_match", "max"))), 4, 20);
        yield return new("time constant of the return's filter, s", v.R("R63") * v.C("C62"), 3e-3, 8e-3);
        yield return new("error of the return's filter into 0.71 Mohm", v.R("R63") / (v.Fact("U66.input_256mV", "typ") * 1e6), 0.001, 0.01);
        double threshold = v.Fact("U11.diagen", "typ") / v.Ratio("R53", "R54");
        yield return new("rail at which the diagnosis begins, V", threshold, SupplyChecks.ColdString(v) - 0.1, 10.05);
        yield return new("current of the diagnosis divider, A", 10.5 / (v.R("R53") + v.R("R54")), 5e-6, 30e-6);
    }

    public static double Amperes(DesignValues v, string sense) => v.Fact("U11.regulation", "typ") / 1000 / v.R(sense);
}
