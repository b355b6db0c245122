using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.VirtualCab.Mqtt;

namespace Firmware.Tests.Virtual;

[TestClass]
public sealed class M2MqttFaultsTests
{
    private const int Seed = 11;

    [TestMethod]
    public void Faults_OverManyConnections_AreAllFourAndOrderIsKept()
    {
        var good = new GoodLink();
        var link = new M2MqttFaults(good, Seed);
        int failed = 0;
        int deafConnections = 0;
        int id = 0;
        var report = new LinkReport();
        for (int attempt = 1; attempt <= 200; attempt++)
        {
            link.Open(attempt, "");
            int before = good.Link.Messages.Count;
            for (int i = 0; i < 60; i++) link.Publish(++id, "t", [], false);
            while (good.Inbox.TryTake(report)) failed += report.Kind == LinkReport.Failed ? 1 : 0;
            if (good.Link.Messages.Count - before < 45) deafConnections++;
        }

        int[] arrived = [.. good.Link.Messages.Select(message => message.Id)];
        Assert.IsLessThan(id, arrived.Length, "some are lost");
        Assert.IsGreaterThan(id / 4, arrived.Length, "and not all");
        Assert.IsGreaterThan(0, failed, "the client gives up on some");
        Assert.IsGreaterThan(0, good.Cuts, "some connections break before the PUBACK");
        Assert.IsGreaterThan(0, deafConnections, "some are dead and nobody notices");
        CollectionAssert.AreEqual(arrived.Order().ToArray(), arrived);
    }

    private sealed class GoodLink : IVirtualLink
    {
        public FakeLink Link { get; } = new();

        public int Cuts { get; private set; }

        public LinkInbox Inbox => Link.Inbox;

        public void Open(int attempt, string password) => Link.Open(attempt, password);

        public void Close() => Link.Close();

        public void Subscribe(string[] topics) => Link.Subscribe(topics);

        public void Publish(int id, string topic, byte[] payload, bool retain) => Link.Publish(id, topic, payload, retain);

        public void SetNetworkDown(bool isDown) => Cuts += isDown ? 1 : 0;

        public void Dispose() => Link.Close();
    }
}
