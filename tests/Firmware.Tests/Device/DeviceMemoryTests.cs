using System.Text;
using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Memory;

namespace Firmware.Tests.Device;

[TestClass]
public class DeviceMemoryTests
{
    private const int Capacity = 20;

    [TestMethod]
    public void Crc32_OfTheCheckString_IsTheStandards()
    {
        byte[] check = Encoding.UTF8.GetBytes("123456789");
        Assert.IsTrue(Crc32.Of(check, 0, check.Length) == 0xCBF43926);
        Assert.IsTrue(Crc32.Continue(Crc32.Of(check, 0, 4), check, 4, 5) == 0xCBF43926);
    }

    [TestMethod]
    public void Bytes_OfEveryWidth_ComeBack()
    {
        byte[] bytes = new byte[8];
        Bytes.PutInt64(bytes, 0, long.MinValue + 5);
        Assert.AreEqual(long.MinValue + 5, Bytes.GetInt64(bytes, 0));
        Bytes.PutUInt32(bytes, 1, 0xFEDCBA98);
        Assert.IsTrue(Bytes.GetUInt32(bytes, 1) == 0xFEDCBA98);
        Bytes.PutUInt16(bytes, 3, 65535);
        Assert.AreEqual(65535, Bytes.GetUInt16(bytes, 3));
    }

    [TestMethod]
    public void Slots_SupplyCutAtEveryByte_HoldTheOldOrTheNew()
    {
        for (int cut = 0; cut <= SlotPair.SizeOfSlot(Capacity); cut++)
        {
            var memory = new DeviceMemory(2 * SlotPair.SizeOfSlot(Capacity));
            SlotPair pair = Load(memory);
            pair.Store(1, Content(1), Capacity);
            pair.Store(2, Content(2), Capacity);
            memory.BytesLeft = cut;
            bool isStored = pair.Store(3, Content(3), Capacity);
            memory.BytesLeft = int.MaxValue;

            SlotPair after = Load(memory);
            Assert.AreEqual(isStored ? 3 : 2, after.Tag);
            Assert.IsTrue(Bytes.AreEqual(Content((byte)after.Tag), 0, after.Content, 0, Capacity));
        }
    }

    [TestMethod]
    public void Journal_SupplyCutAtEveryByte_LosesNothingThatWasStored()
    {
        for (int cut = 0; cut <= MemoryMap.RecordSize; cut += 4)
        {
            var memory = new DeviceMemory(MemoryMap.Size);
            var journal = new Journal(memory);
            journal.Load(0);
            var incident = new Incident { Kind = IncidentKind.Mark, Arg = -7 };
            journal.Append(incident);
            journal.Append(incident);
            memory.BytesLeft = cut;
            journal.Append(incident);
            memory.BytesLeft = int.MaxValue;

            var after = new Journal(memory);
            after.Load(0);
            Assert.IsTrue(after.Newest == (cut == MemoryMap.RecordSize ? 3u : 2u));
            Assert.IsTrue(after.Read(2, incident));
            Assert.AreEqual(-7L, incident.Arg);
        }
    }

    private static SlotPair Load(DeviceMemory memory)
    {
        var pair = new SlotPair(memory, 0, Capacity, new byte[SlotPair.SizeOfSlot(Capacity)]);
        pair.Load();
        return pair;
    }

    private static byte[] Content(byte seed)
    {
        byte[] content = new byte[Capacity];
        for (int i = 0; i < Capacity; i++) content[i] = (byte)(seed + i);
        return content;
    }
}
