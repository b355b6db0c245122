using System.Text;
using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Link;

[TestClass]
public sealed class SecretsTests
{
    private const string Passphrase = "hush-hush-hush";

    private static readonly string Key = Base64Url.Encode(TestCab.RootKey);

    [TestMethod]
    public void Secrets_WhateverHappens_AreNeitherSentNorJournalled()
    {
        string json = $$"""
            {"v":1,"id":"{{TestCab.Id}}","key":"{{Key}}","epoch":1,"broker":"b","port":1883,"tls":false,"ssid1":"cab","psk1":"{{Passphrase}}"}
            """;
        UnitConfig config = UnitConfig.Read(Encoding.UTF8.GetBytes(json), out _)!;
        var cab = new TestCab();
        cab.Link.IsBrokerUp = true;
        cab.Start(config).Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(4));
        cab.Receive(Message.RatingTopic, Message.Rated(4, epoch: 3));
        cab.Receive(Message.RatingTopic, Encoding.UTF8.GetBytes(json));
        cab.Receive(Message.ConfigTopic, Message.Config(announced: 2));
        cab.Receive(Message.CmdTopic, Message.Command("identify"));
        cab.Link.Break();
        cab.Run(120000);
        cab.Receive(Message.ConfigTopic, Message.Config(TestCab.Epoch + 1, announced: 2, epoch: 2));
        cab.Restart(config: config).Settle();
        cab.Run(60000);

        byte[] memory = new byte[MemoryMap.Size];
        cab.Memory.Read(0, memory, memory.Length);
        Assert.IsGreaterThan(0, memory.AsSpan().IndexOf(TestCab.RootKey), "beside the message that it verifies");
        byte[][] told = [.. cab.Link.Messages.Select(m => m.Payload), memory[MemoryMap.Journal..]];
        Assert.IsGreaterThan(3, told.Length);
        foreach (byte[] secret in Secrets()) Assert.DoesNotContain(bytes => bytes.AsSpan().IndexOf(secret) >= 0, told, Encoding.Latin1.GetString(secret));
    }

    private static IEnumerable<byte[]> Secrets()
    {
        (string Purpose, int Epoch)[] derived = [("down", 1), ("down", 2), ("up", 1), ("up", 2), ("mqtt", 1), ("mqtt", 2)];
        foreach (byte[] key in derived.Select(d => Keyring.Derive(TestCab.RootKey, d.Purpose, d.Epoch)))
        {
            yield return key[..8];
            yield return Encoding.ASCII.GetBytes(Base64Url.Encode(key)[..12]);
        }

        yield return TestCab.RootKey[..8];
        yield return Encoding.ASCII.GetBytes(Key[..12]);
        yield return Encoding.ASCII.GetBytes(Passphrase);
    }
}
