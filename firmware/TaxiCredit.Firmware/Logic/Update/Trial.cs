namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>
/// How the running program tells the loader that it is well: a candidate proves itself by light, broker, an authentic message and ten minutes, over as many
/// trips as it takes. What it has run is stored every minute and at its end, so that short trips add up.
/// </summary>
internal sealed class Trial
{
    /// <summary>A channel was lit, and measured to be.</summary>
    public const int Light = 1;

    /// <summary>The broker let it in.</summary>
    public const int Broker = 2;

    /// <summary>A message with a valid MAC arrived.</summary>
    public const int Message = 4;

    /// <summary>Seconds of operation before a candidate is confirmed.</summary>
    public const int MinSeconds = 600;

    /// <summary>Seconds after which a program that was confirmed counts as well again.</summary>
    public const int WellSeconds = 120;

    private const int StoreSeconds = 60;

    private readonly Slots _slots;
    private uint _unstored;
    private uint _ran;

    /// <param name="slots">Loaded.</param>
    public Trial(Slots slots)
    {
        _slots = slots;
    }

    /// <summary>This program is a candidate.</summary>
    public bool IsOn => _slots.Loaded != Slots.None && _slots.Loaded == _slots.Find(SlotKind.Candidate);

    /// <param name="proof">One of the three.</param>
    public void Prove(int proof)
    {
        if (IsOn) _slots.Proofs |= proof;
    }

    /// <summary>The program has run on; a write once a minute at most, and none once all is well.</summary>
    /// <param name="seconds">Since the call before.</param>
    public void Run(uint seconds)
    {
        _ran += seconds;
        _unstored += seconds;

        // The supply came back: what happens from here on is this program's again.
        if (_slots.HasEnded) StoreRun(false);
        if (!IsOn) Recover();
        else if (_slots.Proofs == (Light | Broker | Message) && _slots.Seconds + _unstored >= MinSeconds) Confirm();
        else if (_unstored >= StoreSeconds) StoreRun(false);
    }

    /// <summary>The end is near, and is no fault of this program. One write, where there is something to say.</summary>
    public void End()
    {
        if (IsOn || _slots.Failures > 0) StoreRun(true);
    }

    private void Recover()
    {
        if (_slots.Failures == 0 || _ran < WellSeconds) return;
        int failures = _slots.Failures;
        _slots.Failures = 0;
        if (!_slots.Store()) _slots.Failures = failures;
    }

    private void StoreRun(bool hasEnded)
    {
        _slots.HasEnded = hasEnded;
        if (IsOn) _slots.Seconds += _unstored;
        _unstored = 0;
        _slots.Store();
    }

    /// <summary>One write makes it the program of this unit. The number below which no package is taken rises with it, and only here.</summary>
    private void Confirm()
    {
        int before = _slots.Find(SlotKind.Confirmed);
        Slot slot = _slots.Of(_slots.Loaded);
        uint floor = _slots.Floor;
        if (before != Slots.None) _slots.Of(before).Kind = SlotKind.Previous;
        slot.Kind = SlotKind.Confirmed;
        if (slot.Rollback > floor) _slots.Floor = slot.Rollback;
        _slots.Failures = 0;
        if (_slots.Store()) return;

        // The memory did not take it: it is as it was, and tried again.
        slot.Kind = SlotKind.Candidate;
        if (before != Slots.None) _slots.Of(before).Kind = SlotKind.Confirmed;
        _slots.Floor = floor;
    }
}
