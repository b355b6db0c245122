namespace TaxiCredit.Firmware.Logic.Display;

/// <summary>What a self test says about the channels.</summary>
internal static class TestVerdict
{
    /// <summary>Sets the fault of each channel that was measured.</summary>
    /// <param name="test">The test, over.</param>
    /// <param name="check">Where the faults are kept.</param>
    /// <param name="isBlind">Whether the return cannot be measured: then the fault lines alone decide.</param>
    /// <returns>Mask of the channels whose fault changed.</returns>
    public static int Apply(SelfTest test, LightCheck check, bool isBlind)
    {
        int changed = 0;
        int dark = test.Has(0) ? test.Mean(0) : 0;
        for (int i = 0; i < Channels.Count; i++)
        {
            bool signals = (test.Lines(i + 1) & (1 << i)) != 0;
            int fault = check.FaultOf(i);
            if (isBlind) fault = signals ? LightFault.Open : LightFault.None;
            else if (test.Has(0) && test.Has(i + 1)) fault = Judge(test, check, i, signals, ref dark);
            if (check.Set(i, fault)) changed |= 1 << i;
        }

        return changed;
    }

    private static int Judge(SelfTest test, LightCheck check, int channel, bool signals, ref int dark)
    {
        int added = test.Mean(channel + 1) - dark;
        int fault = check.FaultFrom(channel, test.Duty, added, signals);

        // The driver of a shorted string goes on retrying as long as it has supply.
        if (fault == LightFault.Short) dark += added;

        // One that conducts already adds nothing when it is lit.
        return fault == LightFault.Open && !signals && LightCheck.StuckIn(dark) > 0 ? LightFault.StuckOn : fault;
    }
}
