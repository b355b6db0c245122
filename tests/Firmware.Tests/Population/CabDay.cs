using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Display;

namespace Firmware.Tests.Population;

/// <summary>A unit of random parts on a day of sun and night, lamps, heat and cold, engine starts, and channels that break and are repaired.</summary>
internal sealed class CabDay
{
    private readonly Random _chance;
    private readonly TestCab _cab;
    private int _stars;

    public CabDay(int seed)
    {
        _chance = new Random(seed);
        _cab = new TestCab(lot: seed) { Tick = 10 };
        _cab.Link.IsBrokerUp = true;
    }

    public int Breaks { get; private set; }

    public long Seconds => _cab.Now / 1000;

    public void Drive(int seconds)
    {
        _cab.Sensors.Light = Light();
        _cab.Sensors.Celsius = _chance.Next(-40, 86);
        _cab.Start().Settle();
        _stars = _chance.Next(5);
        _cab.Receive(Message.RatingTopic, Message.Rated(_stars));
        long end = _cab.Now + (seconds * 1000L);
        while (_cab.Now < end)
        {
            Happen();
            _cab.Run(_chance.Next(1000, 120000));
            AssertHealthy();
        }
    }

    private void Happen()
    {
        switch (_chance.Next(8))
        {
            case 0 or 1: _cab.Sensors.Light = Light(); break;
            case 2: _cab.Sensors.Celsius = _chance.Next(-40, 86); break;
            case 3: _cab.Sensors.Battery = _chance.Next(12900, 15000); break;
            case 4: Crank(); break;
            case 5: Rate(); break;
            case 6: Lamps(); break;
            default: Break(); break;
        }
    }

    private int Light() => (int)Math.Exp(_chance.NextDouble() * Math.Log(60000));

    private void Crank()
    {
        int battery = _cab.Sensors.Battery;
        _cab.Sensors.Battery = _chance.Next(5600, 9000);
        _cab.Run(_chance.Next(200, 2000));
        _cab.Sensors.Battery = battery;
    }

    private void Rate()
    {
        _stars = _chance.Next(5);
        _cab.Receive(Message.RatingTopic, Message.Rated(_stars, Math.Max(TestCab.Epoch + (_cab.Now / 1000), _cab.Unit.Ratings.Rev + 1)));
    }

    private void Lamps()
    {
        for (int i = 0; i < 10; i++)
        {
            _cab.Sensors.Light = i % 2 == 0 ? 60 : 3;
            _cab.Run(2000);
        }
    }

    /// <summary>A lit channel fails, or a dark one shines: the unit is dark or says so within ten seconds, and names no other.</summary>
    private void Break()
    {
        Breaks++;
        int due = (2 << _stars) - 1;
        int channel = _chance.Next(Channels.Count);
        int fault = (due & (1 << channel)) != 0 ? LightFault.Open : LightFault.StuckOn;
        _cab.Lights.Break(channel, fault);
        _cab.Run(10000);
        LightCheck check = _cab.Unit.Panel.Check;
        Assert.AreEqual((fault, 1 << channel), (check.FaultOf(channel), check.Faulty), $"channel {channel} broke at {_cab.Lights.Permille} ‰");
        Assert.AreEqual(DisplayState.Fault, _cab.Unit.Panel.State);
        _cab.Lights.Break(channel, LightFault.None);
        _cab.Run(Panel.RetestEvery + 5000);
    }

    private void AssertHealthy()
    {
        Assert.AreEqual((0, DisplayState.Showing), (_cab.Unit.Panel.Check.Faulty, _cab.Unit.Panel.State));
        Assert.AreEqual((2 << _stars) - 1, _cab.Lights.Lit);
        if (_cab.Unit.Panel.IsSettled) Assert.AreEqual(_cab.Lights.Lit, _cab.Unit.Panel.Check.Lit);
        Assert.IsFalse(_cab.Unit.Watch.IsVoltageWrong || _cab.Unit.Watch.IsConverterDead);
    }
}
