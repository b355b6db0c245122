using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Update;

namespace Firmware.Tests.Update;

/// <summary>A cab that shows three stars, online, and a server that offers it programs.</summary>
internal sealed class UpdatingCab
{
    public UpdatingCab(int files = 0)
    {
        Files = new RamFiles();
        Cab = new TestCab(files: files == 0 ? Files : null);
        Cab.Link.IsBrokerUp = true;
        Cab.Start().Settle();
        Cab.Receive(Message.ConfigTopic, Message.Config(heartbeat: 150));
        Cab.Receive(Message.RatingTopic, Message.Rated(3));
        Cab.Run(1000);
    }

    public TestCab Cab { get; }

    public RamFiles Files { get; }

    public PlayedServer Server { get; } = new();

    public long Rev { get; private set; } = TestCab.Epoch + 100;

    public Transfer Transfer => Cab.Unit.Updates.Transfer;

    /// <summary>Light that was dark, or another's, while it should have shown three stars.</summary>
    public int Dark { get; private set; }

    /// <summary>The server offers a package.</summary>
    public UpdatingCab Offer(byte[] package, string? version = null, int? size = null)
    {
        Cab.Receive(Message.CmdTopic, Server.Offer(package, ++Rev, version, size));
        return this;
    }

    /// <summary>Lets time pass, and the server answer.</summary>
    public UpdatingCab Run(int seconds)
    {
        for (long end = Cab.Now + (seconds * 1000L); Cab.Now < end;)
        {
            Server.Now = Math.Max(Server.Now, Cab.Unit.Clock.Best(Cab.Now));
            Server.Serve(Cab);
            Cab.Run(20);
            if (!Cab.Unit.Panel.IsBusy && Cab.Sensors.IsIgnitionOn && Cab.Lit != "11110") Dark++;
        }

        return this;
    }

    /// <summary>Until the unit says this.</summary>
    public UpdatingCab Until(int state, int seconds = 3600)
    {
        for (int i = 0; i < seconds && Cab.Unit.Updates.State != state; i++) Run(1);
        Assert.AreEqual(UpdateState.NameOf(state), UpdateState.NameOf(Cab.Unit.Updates.State));
        return this;
    }

    /// <summary>A start, by the program that runs already: nothing loads another one here.</summary>
    public UpdatingCab Restart()
    {
        Server.Forget();
        Cab.Restart();
        Cab.Run(3000);
        return this;
    }

    /// <summary>What the unit last said of it.</summary>
    public string Said
    {
        get
        {
            string json = Cab.Link.Messages.Last(m => m.Topic == Message.Prefix + "state").Json;
            int at = json.IndexOf("\"update\"", StringComparison.Ordinal);
            return at > 0 ? json[at..^1] : "";
        }
    }

    /// <summary>The package that the file of a slot holds, as the loader reads it.</summary>
    public byte[] PackageIn(int slot)
    {
        var file = new SlotFile(Files);
        var offer = new Offer();
        Assert.IsTrue(file.TryReadOffer(slot, offer));
        var package = new List<byte>();
        for (int block = 0; block < SlotFile.BlocksOf(offer.Size); block++)
        {
            Assert.IsTrue(file.TryReadBlock(slot, offer, block), $"block {block}");
            package.AddRange(file.Content.Take(SlotFile.BytesOf(offer.Size, block)));
        }

        return [.. package];
    }

    /// <summary>The record as a loader would find it.</summary>
    public Slots Record()
    {
        var slots = new Slots(Cab.Memory, MemoryMap.Programs, new byte[256]);
        Assert.IsTrue(slots.Load());
        return slots;
    }
}
