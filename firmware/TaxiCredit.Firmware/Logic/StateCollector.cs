using TaxiCredit.Firmware.Logic.Link;
using TaxiCredit.Firmware.Logic.Update;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic;

/// <summary>Collects the state of a unit's parts into its report.</summary>
internal sealed class StateCollector
{
    private readonly Unit _unit;

    public StateCollector(Unit unit)
    {
        _unit = unit;
    }

    /// <summary>The report; always the same instance.</summary>
    public StateReport Report { get; } = new StateReport { Firmware = Unit.Version };

    /// <summary>Brings the report up to date. Number, signal strength and free memory are set when it is sent.</summary>
    public void Collect(long uptime)
    {
        Report.At = _unit.Clock.IsKnown ? _unit.Clock.Best(uptime) : 0;
        Report.Clock = _unit.Clock.Source;
        Report.Journal = _unit.Identity.JournalId;
        Report.Boot = _unit.Counters.Boot;
        Report.Rev = _unit.Ratings.Rev;
        Report.ConfigRev = _unit.Settings.Rev;
        Report.CmdRev = _unit.Counters.CmdRev;
        Report.Epoch = _unit.IsLost ? Keyring.Lost : _unit.Keys.Epoch;
        Report.Display = _unit.Panel.State;
        Report.Lit = _unit.Panel.Check.Lit;
        Report.CopyFaults(_unit.Panel.Check);
        Report.IsTampered = _unit.Watch.IsTampered;
        Report.IsStorageFaulty = _unit.IsStorageFaulty;
        Report.IsVoltageWrong = _unit.Watch.IsVoltageWrong;
        Report.IsHot = _unit.Watch.IsHot;
        Report.IsThermometerDead = _unit.Watch.IsThermometerDead;
        Report.IsConverterDead = _unit.Watch.IsConverterDead;
        Report.IsUncalibrated = !_unit.Calibration.Current.IsMeasured;
        Report.Battery = _unit.Watch.Battery;
        Report.Up = uptime / 1000;
        Report.Backlog = _unit.Journal.Backlog;
        Transfer transfer = _unit.Updates.Transfer;
        Report.CanUpdate = transfer.IsPossible;
        Report.Update = _unit.Updates.State;
        Report.Offer = transfer.Rev;
        Report.Have = _unit.Asker.IsWaiting ? transfer.Have : -1;
        Report.Why = _unit.Updates.Why;
        Report.Ask = _unit.Asker.Number;
    }
}
