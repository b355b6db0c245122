using System.Buffers.Binary;
using TaxiCredit.Firmware.Logic.Update;

namespace Firmware.Tests.Update;

[TestClass]
public sealed class PackageCheckTests
{
    private const int Head = Manifest.Size + 2508;

    private readonly byte[] _package = GoldenPackage.Bytes;
    private readonly PackageCheck _check = new(new LmsKey(GoldenPackage.PublicKey));
    private int _steps;

    [TestMethod]
    public void Package_OfThePage_IsGenuineAndSaysWhatItIs()
    {
        Assert.AreEqual(PackageRefusal.None, Check());
        Assert.IsTrue(_check.IsGenuine);
        Manifest manifest = _check.Manifest;
        Assert.AreEqual((2, 1, 20, 300), (manifest.Hardware, manifest.Major, manifest.Minor, manifest.Patch));
        Assert.AreEqual((7u, 200), (manifest.Rollback, manifest.ImageSize));
        Assert.IsTrue(manifest.IsOf(_package[Head..]));
        Assert.AreEqual(Head, _check.HeadSize);
    }

    [TestMethod]
    public void Manifest_ThatIsWritten_IsTheBytesOfThePage()
    {
        Check();
        byte[] written = new byte[Manifest.Size];
        _check.Manifest.Write(written);
        CollectionAssert.AreEqual(_package[..Manifest.Size], written);
    }

    [TestMethod]
    [DataRow("Form", PackageRefusal.Form, 1)]
    [DataRow("Size", PackageRefusal.Size, 2)]
    [DataRow("Hardware", PackageRefusal.Hardware, 3)]
    [DataRow("Runtime", PackageRefusal.Runtime, 4)]
    [DataRow("Rollback", PackageRefusal.Rollback, 5)]
    [DataRow("Signature", PackageRefusal.Signature, 6)]
    [DataRow("Image", PackageRefusal.Image, 7)]
    public void Refusal_OfThePage_HasItsNumber(string name, int refusal, int number) => Assert.AreEqual(number, refusal, name);

    [TestMethod]
    [DataRow(Head - 1, PackageRefusal.Form)]
    [DataRow(Head, PackageRefusal.None)]
    [DataRow(Head + 1, PackageRefusal.Form)]
    [DataRow(0, PackageRefusal.Form)]
    [DataRow(Manifest.Size, PackageRefusal.Form)]
    public void Head_OfAnyLength_IsTakenOnlyWhole(int count, int refusal) => Assert.AreEqual(refusal, Check(count));

    /// <summary>Magic, format, a board and an anti-rollback number of 0.</summary>
    [TestMethod]
    [DataRow(0, (byte)'t')]
    [DataRow(3, (byte)'Q')]
    [DataRow(4, (byte)0)]
    [DataRow(4, (byte)2)]
    [DataRow(5, (byte)1)]
    [DataRow(6, (byte)0)]
    [DataRow(14, (byte)0)]
    public void Manifest_OfAnotherForm_IsRefusedBeforeTheSignature(int at, byte value) => AssertRefusedAtOnce(PackageRefusal.Form, () => _package[at] = value);

    [TestMethod]
    [DataRow(0u, PackageRefusal.Size)]
    [DataRow(1u, PackageRefusal.Signature)]
    [DataRow(73_728u, PackageRefusal.Signature)]
    [DataRow(73_729u, PackageRefusal.Size)]
    [DataRow(uint.MaxValue, PackageRefusal.Size)]
    public void Image_OfASize_IsRefusedBeyondASlot(uint size, int refusal)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_package.AsSpan(18), size);
        Assert.AreEqual(refusal, Check());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Package_ForAnotherBoard_IsRefusedBeforeTheSignature(int hardware)
    {
        Assert.AreEqual(PackageRefusal.Hardware, Check(hardware: hardware));
        Assert.AreEqual(0, _steps);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(31)]
    public void Package_ForAnotherRuntime_IsRefusedBeforeTheSignature(int at)
    {
        byte[] runtime = GoldenPackage.Runtime;
        runtime[at] ^= 1;
        Assert.AreEqual(PackageRefusal.Runtime, Check(runtime: runtime));
        Assert.AreEqual(0, _steps);
    }

    [TestMethod]
    [DataRow(0u, PackageRefusal.None)]
    [DataRow(6u, PackageRefusal.None)]
    [DataRow(7u, PackageRefusal.None)]
    [DataRow(8u, PackageRefusal.Rollback)]
    [DataRow(uint.MaxValue, PackageRefusal.Rollback)]
    public void Package_BelowTheFloor_IsRefused(uint floor, int refusal) => Assert.AreEqual(refusal, Check(floor: floor));

    /// <summary>A board or a number that suits the unit, put into a package that was signed for another.</summary>
    [TestMethod]
    [DataRow(6)]
    [DataRow(8)]
    [DataRow(14)]
    [DataRow(18)]
    [DataRow(22)]
    [DataRow(54)]
    [DataRow(85)]
    public void Manifest_ThatIsMadeToFit_IsRefusedByItsSignature(int at)
    {
        _package[at]++;
        var manifest = new Manifest();
        Assert.AreEqual(PackageRefusal.None, manifest.Read(_package, Head));
        Assert.AreEqual(PackageRefusal.Signature, Check(hardware: manifest.Hardware, runtime: manifest.Runtime));
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(1)]
    public void Image_OfAnotherLength_IsNotTheSigned(int by)
    {
        Check();
        byte[] image = _package[Head..];
        Array.Resize(ref image, image.Length + by);
        Assert.IsFalse(_check.Manifest.IsOf(image));
    }

    [TestMethod]
    public void Image_WithAnyBitChanged_IsNotTheSigned()
    {
        Check();
        byte[] image = _package[Head..];
        for (int bit = 0; bit < 8 * image.Length; bit++)
        {
            image[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsFalse(_check.Manifest.IsOf(image));
            image[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.IsTrue(_check.Manifest.IsOf(image));
    }

    /// <summary>What was genuine a moment ago vouches for nothing.</summary>
    [TestMethod]
    public void Check_AfterAGenuineOne_BeginsAnew()
    {
        Assert.IsFalse(_check.IsGenuine);
        Check();
        Assert.AreEqual(PackageRefusal.Hardware, Check(hardware: 9));
        Assert.IsFalse(_check.IsGenuine || _check.IsOpen);
        _check.Step();
        Assert.IsFalse(_check.IsGenuine);
        Assert.AreEqual(PackageRefusal.None, Check());
    }

    private void AssertRefusedAtOnce(int refusal, Action change)
    {
        change();
        Assert.AreEqual(refusal, Check());
        Assert.AreEqual(0, _steps);
    }

    private int Check(int count = Head, int hardware = GoldenPackage.Hardware, byte[]? runtime = null, uint floor = 0)
    {
        _steps = 0;
        _check.Begin(_package, count, hardware, runtime ?? GoldenPackage.Runtime, floor);
        for (; _check.IsOpen; _steps++) _check.Step();
        Assert.AreEqual(_check.Refusal == PackageRefusal.None, _check.IsGenuine);
        return _check.Refusal;
    }
}
