using TaxiCredit.Firmware.Logic.Update;

namespace TaxiCredit.Firmware.Logic.Loading;

/// <summary>
/// Which program is loaded: a candidate while it has tries, else the confirmed one, else the one before it, else that of the factory. What a start costs is
/// stored before anything is loaded, and given back by the next start if the end was one that the program saw coming.
/// </summary>
internal sealed class Loader
{
    /// <summary>Starts in a row that may end badly before a confirmed program is given up.</summary>
    public const int MaxFailures = 5;

    /// <summary>A candidate that has run so long, in seconds, and proved nothing, is given up: a day of driving.</summary>
    public const int MaxTrialSeconds = 24 * 3600;

    private readonly Slots _slots;

    public Loader(Slots slots)
    {
        _slots = slots;
    }

    /// <summary>Decides on this start, and stores what it costs: one write, and none where there is no record.</summary>
    /// <param name="isCertainlyClean">The platform itself knows that the last program did not hang: it woke from sleep, or the supply was too low.</param>
    /// <returns>The slot to load.</returns>
    public int Choose(bool isCertainlyClean)
    {
        _slots.Load();

        // Nobody knows what the slots hold, or nothing was ever put into them. The factory's program takes no harm from that, and costs nothing.
        if (!_slots.IsKnown) return Slots.Factory;
        if (_slots.HasEnded || isCertainlyClean) GiveBack();
        return Take(Next());
    }

    /// <summary>What was chosen cannot be loaded: it is given up.</summary>
    /// <returns>The slot to load instead.</returns>
    public int ChooseAfter(int slot)
    {
        if (slot == Slots.Factory) return Slots.Factory;
        GiveUp(slot, WentBack.Image);
        return Take(Next());
    }

    private void GiveBack()
    {
        if (_slots.Loaded == Slots.None) return;
        if (_slots.Loaded == _slots.Find(SlotKind.Candidate) && _slots.Tries < Slots.MaxTries) _slots.Tries++;
        if (_slots.Loaded == _slots.Find(SlotKind.Confirmed)) _slots.Failures = 0;
    }

    private int Next()
    {
        int candidate = _slots.Find(SlotKind.Candidate);
        if (candidate != Slots.None)
        {
            if (_slots.Tries > 0 && _slots.Seconds < MaxTrialSeconds) return candidate;
            GiveUp(candidate, _slots.Tries > 0 ? WentBack.Unproven : WentBack.Tries);
        }

        int confirmed = _slots.Find(SlotKind.Confirmed);
        if (confirmed != Slots.None && _slots.Failures < MaxFailures) return confirmed;
        if (confirmed != Slots.None) GiveUp(confirmed, WentBack.Died);

        // Confirmed once, and good for the unit whatever its anti-rollback number is.
        int previous = _slots.Find(SlotKind.Previous);
        if (previous == Slots.None) return Slots.Factory;
        _slots.Of(previous).Kind = SlotKind.Confirmed;
        return previous;
    }

    private void GiveUp(int slot, int why)
    {
        _slots.Of(slot).Kind = SlotKind.Empty;
        _slots.WentBack = why;
        _slots.Tries = 0;
        _slots.Failures = 0;
    }

    private int Take(int slot)
    {
        _slots.Loaded = slot;
        _slots.HasEnded = false;
        bool isCandidate = slot != Slots.Factory && _slots.Of(slot).Kind == SlotKind.Candidate;
        if (isCandidate) _slots.Tries--;
        else if (slot != Slots.Factory) _slots.Failures++;
        if (_slots.Store() || !isCandidate) return slot;

        // What cannot be counted is not tried.
        _slots.Tries++;
        int confirmed = _slots.Find(SlotKind.Confirmed);
        return confirmed == Slots.None ? Slots.Factory : confirmed;
    }
}
