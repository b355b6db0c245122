using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Update;

namespace TaxiCredit.Firmware.Logic;

/// <summary>What a unit has to do with programs: it fetches the next one, and tells the loader how the one that runs is doing.</summary>
internal sealed class Updates
{
    private readonly Slots _slots;
    private readonly Trial _trial;
    private readonly Recorder _recorder;
    private bool _isLoaded;
    private int _wentBack;
    private int _told;
    private long _ranAt;

    public Updates(IProgramFiles? files, Slots slots, Maker maker, Recorder recorder)
    {
        _slots = slots;
        _trial = new Trial(slots);
        _recorder = recorder;
        Transfer = new Transfer(files, slots, maker);
    }

    public Transfer Transfer { get; }

    public Trial Trial => _trial;

    /// <summary>One of <see cref="UpdateState"/>.</summary>
    public int State
    {
        get
        {
            int state = Transfer.State;
            return _wentBack != WentBack.None && (state == UpdateState.None || state == UpdateState.Done) ? UpdateState.Failed : state;
        }
    }

    /// <summary>Why it failed: a <see cref="PackageRefusal"/>, or <see cref="WentBack"/> and 20; 0 where it has not.</summary>
    public int Why => Transfer.Refusal != PackageRefusal.None ? Transfer.Refusal : State == UpdateState.Failed ? 20 + _wentBack : 0;

    /// <summary>A program waits for the next start of the car.</summary>
    public bool IsReady => Transfer.State == UpdateState.Ready;

    /// <summary>The running program saw something work, one of the proofs of <see cref="Trial"/>.</summary>
    public void Prove(int proof) => _trial.Prove(proof);

    /// <summary>The end is near, and is no fault of the program.</summary>
    public void End()
    {
        if (_isLoaded) _trial.End();
    }

    /// <summary>Called at every beat.</summary>
    public void OnBeat(long uptime)
    {
        if (!_isLoaded) Load();
        if (!_isLoaded) return;

        uint seconds = (uint)((uptime - _ranAt) / 1000);
        _ranAt += seconds * 1000L;
        if (seconds > 0) _trial.Run(seconds);
        Tell(uptime);
    }

    private void Load()
    {
        if (!_slots.IsRead) return;
        _isLoaded = true;
        _wentBack = _slots.WentBack;
        Transfer.Load();
    }

    private void Tell(long uptime)
    {
        if (_slots.WentBack != WentBack.None && _recorder.Note(IncidentKind.WentBack, _slots.WentBack, uptime))
        {
            _slots.WentBack = WentBack.None;
            _slots.Store();
        }

        if (Transfer.Refusal == _told) return;
        _told = Transfer.Refusal;

        // That nobody sends anything is no news to who does not send it.
        if (_told != PackageRefusal.None && _told != PackageRefusal.Silent) _recorder.Note(IncidentKind.PackageRefused, _told, uptime);
    }
}
