namespace TaxiCredit.Hardware.Tests.Values;

/// <summary>Rails, converters, filters and hold-up.</summary>
internal static class SupplyChecks
{
    private const double Hertz = 2.2e6;
    private const double Tolerance = 0.01;

    public static IEnumerable<ValueCheck> Of(DesignValues v)
    {
        double low = v.Fact("U2.feedback", "min");
        double high = v.Fact("U2.feedback", "max");
        double nine = v.R("R1") / v.R("R2");
        double three = v.R("R4") / v.R("R5");
        double rail = 1 + nine;
        double logic = 1 + three;
        // Resistors of 1 % at their worst against each other.
        yield return new("LED rail at its lowest, V", low * (1 + (nine * (1 - (2 * Tolerance)))), ColdString(v), 11);
        yield return new("LED rail at its highest, V", high * (1 + (nine * (1 + (2 * Tolerance)))), ColdString(v), 11);
        yield return new("3.3 V rail at its lowest, V", low * (1 + (three * (1 - (2 * Tolerance)))), 3.15, 3.6);
        yield return new("3.3 V rail at its highest, V", high * (1 + (three * (1 + (2 * Tolerance)))), 3.15, 3.47);
        yield return new("current of the feedback of U2, A", 1 / v.R("R2"), 20e-6, 400e-6);
        yield return new("current of the feedback of U3, A", 1 / v.R("R5"), 5e-6, 100e-6);
        yield return new("ripple of L2 at 13.5 V, A", (13.5 - rail) * rail / 13.5 / (v.L("L2") * Hertz), 0.05, 0.25);
        yield return new("ripple of L3 at 10 V, A", (10 - logic) * logic / 10 / (v.L("L3") * Hertz), 0.05, 0.3);
        yield return new("bootstrap of U2, F", v.C("C4"), 80e-9, 220e-9);
        yield return new("bootstrap of U3, F", v.C("C10"), 80e-9, 220e-9);
        yield return new("internal supply of U2, F", v.C("C5"), 0.8e-6, 4.7e-6);
        yield return new("internal supply of U3, F", v.C("C11"), 0.8e-6, 4.7e-6);
        yield return new("output of U2, F", v.C("C6") + v.C("C7"), 36e-6, 100e-6);
        yield return new("output of U3 and the module, F", v.C("C12") + v.C("C13") + v.C("C15"), 55e-6, 120e-6);
        yield return new("input ceramic, F", v.C("C1"), 8e-6, 22e-6);
        yield return new("input bulk, F", v.C("C2"), 80e-6, 150e-6);
        yield return new("input bypass of U2, F", v.C("C3"), 0.8e-6, 4.7e-6);
        yield return new("input bypass of U3, F", v.C("C8"), 18e-6, 47e-6);
        yield return new("corner of the input filter, Hz", 1 / (2 * Math.PI * Math.Sqrt(v.L("L1") * v.C("C1"))), 10e3, 50e3);
        yield return new("hold-up, F", v.C("C9"), 0.8e-3, 1.5e-3);
        yield return new("time to charge the hold-up, s", v.R("R3") * v.C("C9"), 2e-3, 20e-3);
        yield return new("ESD of 25 kV and 330 pF at KL30, V", 25e3 * 330e-12 / v.C("C26"), 5, 100);
        yield return new("ESD of 25 kV and 330 pF at KL15, V", 25e3 * 330e-12 / v.C("C27"), 5, 100);
        yield return new("charge that C26 takes from the harness at 14 V, C", v.C("C26") * 14, 0, 5e-6);
    }

    /// <summary>Three LEDs at -40 C, the shunt with five channels and the driver's dropout, all at their worst, V.</summary>
    public static double ColdString(DesignValues v)
    {
        double led = v.Fact("D11.forward", "max") - (65e-3 * v.Fact("D11.forward_cold", "min"));
        return (3 * led) + (5 * LightChecks.Amperes(v, "R10") * 1.05 * v.R("R60")) + (v.Fact("U11.dropout", "max") / 1000);
    }
}
