using System.Buffers.Binary;
using System.Runtime.Versioning;
using TaxiCredit.Firmware.Logic.Update;
using TaxiCredit.Release;

namespace Firmware.Tests.Release;

[TestClass]
[UnsupportedOSPlatform("windows")]
public sealed class CommandLineTests
{
    private static readonly string Firmware = Path.Combine(Readme.Root, "firmware");

    private static string _folder = "";

    private static string Key => Path.Combine(_folder, "maker");

    private static string Image => Path.Combine(_folder, "image.pe");

    /// <summary>A key of 32 signatures for all but one test: one of 1,024 takes a second or two to unlock.</summary>
    [ClassInitialize]
    public static void Make(TestContext context)
    {
        _folder = Directory.CreateTempSubdirectory("release-").FullName;
        File.WriteAllBytes(Image, [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))]);
        PrivateKey.Make(Key, 5);
    }

    [ClassCleanup]
    public static void Clean() => Directory.Delete(_folder, true);

    [TestMethod]
    public void Keygen_MakesAKeyOf1024SignaturesForItsOwnerAlone()
    {
        string path = Path.Combine(_folder, "large");
        var (exit, printed) = Run("keygen", path);
        Assert.AreEqual(0, exit, printed);
        string publicKey = File.ReadAllText(path + ".pub").Trim();
        StringAssert.Contains(printed, publicKey);
        StringAssert.StartsWith(publicKey, "0000000600000003");
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.AreEqual(owner, File.GetUnixFileMode(path));
        Assert.AreEqual(owner, File.GetUnixFileMode(path + ".used"));

        Assert.AreEqual(0, Run(SignArguments("large.tcup", path)).Exit);
        string package = Path.Combine(_folder, "large.tcup");
        Assert.AreEqual(0, Run("verify", package, "--public", path + ".pub").Exit);
        Assert.AreEqual((1, $"{package}: not signed by the holder of this key, or changed since\n"), Run("verify", package, "--public", Key + ".pub"));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(".used")]
    [DataRow(".pub")]
    public void Keygen_OverAnyFileOfAKey_IsRefused(string suffix)
    {
        string path = Path.Combine(_folder, "other");
        File.WriteAllText(path + suffix, "mine");
        AssertFails($"{path}{suffix}: exists already, and is never written over", "keygen", path);
        Assert.AreEqual("mine", File.ReadAllText(path + suffix));
        File.Delete(path + suffix);
        Assert.IsEmpty(Directory.GetFiles(_folder, "other*"));
    }

    /// <summary>What is committed belongs to the interpreter and libraries that are committed, and to no maker.</summary>
    [TestMethod]
    public void Origin_ThatIsCommitted_IsThatOfNoMaker() => Assert.AreEqual(
        Origin.TextOf([], RuntimeId.Of(Firmware), 2), File.ReadAllText(Origin.PathOf(Firmware)));

    [TestMethod]
    public void Pin_WritesTheMakersKeyIntoTheProgram()
    {
        string folder = Path.Combine(_folder, "pinned");
        Directory.CreateDirectory(Path.Combine(folder, "TaxiCredit.Firmware"));
        foreach (string file in new[] { "runtime.json", "TaxiCredit.Firmware/packages.config" })
            File.Copy(Path.Combine(Firmware, file), Path.Combine(folder, file));
        var (exit, printed) = Run("pin", "--public", Key + ".pub", "--firmware", folder, "--hardware", "3");
        Assert.AreEqual((0, $"{Origin.PathOf(folder)}: takes packages of this maker, hardware 3\n"), (exit, printed));
        string text = File.ReadAllText(Origin.PathOf(folder));
        byte[] key = Convert.FromHexString(File.ReadAllText(Key + ".pub").Trim());
        foreach (byte[] line in new[] { key[..16], key[48..], RuntimeId.Of(Firmware)[..16] })
            StringAssert.Contains(text, string.Join(' ', line.Select(value => $"0x{value:X2},")));
        StringAssert.Contains(text, "Hardware = 3;");
        Assert.AreEqual((0, $"{Origin.PathOf(folder)}: takes no packages, hardware 2\n"), Run("pin", "--firmware", folder));
        Assert.AreEqual(File.ReadAllText(Origin.PathOf(Firmware)), File.ReadAllText(Origin.PathOf(folder)));
        AssertFails($"{Key}: not a public key of this command", "pin", "--public", Key, "--firmware", folder);
    }

    [TestMethod]
    public void Package_ThatIsSigned_IsGenuineAndNamesWhatItIs()
    {
        string package = Signed("first.tcup");
        var (exit, printed) = Run("verify", package, "--public", Key + ".pub", "--hardware", "2", "--rollback", "3", "--firmware", Firmware);
        Assert.AreEqual((0, $"{package}: genuine, 1.2.3, rollback 3, hardware 2, image of 5000 bytes\n"), (exit, printed));
        Assert.AreEqual(Manifest.Size + 2348 + 5000, new FileInfo(package).Length);
        StringAssert.EndsWith(
            File.ReadLines(Key + ".used").Last(),
            " " + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(package)[..Manifest.Size])));
    }

    [TestMethod]
    public void Packages_OneAfterTheOther_HaveIndexesOfTheirOwn()
    {
        uint one = IndexOf(Signed("one.tcup"));
        uint two = IndexOf(Signed("two.tcup"));
        Assert.AreEqual(one + 1, two);
    }

    [TestMethod]
    [DataRow("--hardware", "3", "for another board")]
    [DataRow("--rollback", "4", "its anti-rollback number is below the one asked for")]
    public void Verify_ForAnotherUnit_SaysWhyNot(string option, string value, string reason)
    {
        string package = Signed($"for{option}.tcup");
        Assert.AreEqual((1, $"{package}: {reason}\n"), Run("verify", package, "--public", Key + ".pub", option, value));
    }

    [TestMethod]
    public void Verify_OfAnotherRuntime_SaysSo()
    {
        string package = Signed("runtime.tcup");
        string other = Path.Combine(_folder, "firmware");
        Directory.CreateDirectory(Path.Combine(other, "TaxiCredit.Firmware"));
        string runtime = File.ReadAllText(Path.Combine(Firmware, "runtime.json")).Replace("0x6DFA71D6", "0x8EFB9944", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(other, "runtime.json"), runtime);
        File.Copy(Path.Combine(Firmware, "TaxiCredit.Firmware/packages.config"), Path.Combine(other, "TaxiCredit.Firmware/packages.config"));
        var (exit, printed) = Run("verify", package, "--public", Key + ".pub", "--firmware", other);
        Assert.AreEqual((1, $"{package}: for another interpreter or other libraries\n"), (exit, printed));
    }

    [TestMethod]
    [DataRow(0, "not a package of format 1, or cut off")]
    [DataRow(2433, "not a package of format 1, or cut off")]
    [DataRow(2434, "its image is not the one that was signed")]
    [DataRow(7433, "its image is not the one that was signed")]
    public void Verify_OfAPackageCutOff_SaysSo(int length, string reason)
    {
        string package = Signed($"cut{length}.tcup");
        File.WriteAllBytes(package, File.ReadAllBytes(package)[..length]);
        Assert.AreEqual((1, $"{package}: {reason}\n"), Run("verify", package, "--public", Key + ".pub"));
    }

    /// <summary>None of these costs an index.</summary>
    [TestMethod]
    [DataRow("--version", "1.2", "must be three numbers")]
    [DataRow("--version", "1.2.65536", "must be three numbers")]
    [DataRow("--version", "1.-2.3", "must be three numbers")]
    [DataRow("--rollback", "0", "whole number from 1 to 4294967295")]
    [DataRow("--rollback", "4294967296", "whole number from 1 to 4294967295")]
    [DataRow("--hardware", "0", "whole number from 1 to 65535")]
    [DataRow("--hardware", "65536", "whole number from 1 to 65535")]
    [DataRow("--image", "/nonexistent", "/nonexistent")]
    [DataRow("--firmware", "/nonexistent", "cannot tell what the image runs on")]
    public void Sign_OfWhatCannotBe_IsRefusedBeforeAnIndexIsTaken(string option, string value, string reason)
    {
        string used = File.ReadAllText(Key + ".used");
        AssertFails(reason, SignArguments("refused.tcup", option, value));
        Assert.AreEqual(used, File.ReadAllText(Key + ".used"));
        Assert.IsFalse(File.Exists(Path.Combine(_folder, "refused.tcup")));
    }

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(1, true)]
    [DataRow(73_728, true)]
    [DataRow(73_729, false)]
    public void Sign_OfAnImage_TakesWhatASlotTakes(int size, bool isTaken)
    {
        string image = Path.Combine(_folder, $"{size}.pe");
        File.WriteAllBytes(image, new byte[size]);
        string used = File.ReadAllText(Key + ".used");
        string[] arguments = SignArguments($"{size}.tcup", "--image", image);
        if (isTaken) Assert.AreEqual(0, Run(arguments).Exit);
        else AssertFails($"the image has {size} bytes; a unit takes 1 to 73728", arguments);
        Assert.AreEqual(isTaken, used != File.ReadAllText(Key + ".used"));
    }

    [TestMethod]
    public void Sign_OverAPackage_IsRefused()
    {
        string package = Signed("once.tcup");
        AssertFails("exists already, and is never written over", SignArguments("once.tcup"));
        Assert.AreEqual(0, Run("verify", package, "--public", Key + ".pub").Exit);
    }

    [TestMethod]
    public void Key_ThatOthersMayRead_SignsNothing()
    {
        string copy = CopyKey("readable");
        File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        AssertFails("others than its owner may read it", SignArguments("x.tcup", copy));
    }

    [TestMethod]
    public void Key_WithoutItsIndexes_SignsNothing()
    {
        string copy = CopyKey("alone");
        File.Delete(copy + ".used");
        AssertFails("this key must not sign any more", SignArguments("x.tcup", copy));
    }

    [TestMethod]
    public void Key_ThatAnotherProcessSignsWith_IsRefused()
    {
        string copy = CopyKey("busy");
        using DurableFile other = DurableFile.Open(copy + ".used");
        AssertFails("in use by another process", SignArguments("x.tcup", copy));
    }

    [TestMethod]
    [DataRow("{}", "not a private key of this command")]
    [DataRow("no json", "not a private key of this command")]
    [DataRow(null, "damaged: seed and public key do not belong together")]
    public void Key_ThatIsNone_SignsNothing(string? content, string reason)
    {
        string copy = CopyKey("broken");
        string sound = File.ReadAllText(copy);
        int at = sound.IndexOf("seed\":\"", StringComparison.Ordinal) + 7;
        File.WriteAllText(copy, content ?? sound[..at] + (sound[at] == '0' ? '1' : '0') + sound[(at + 1)..]);
        AssertFails(reason, SignArguments("x.tcup", copy));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("zz")]
    [DataRow("00000005000000030001")]
    public void Verify_WithoutAPublicKey_SaysSo(string text)
    {
        string path = Path.Combine(_folder, "none.pub");
        File.WriteAllText(path, text);
        AssertFails("not a public key of this command", "verify", Image, "--public", path);
    }

    [TestMethod]
    public void CommandLine_ThatIsNone_ExitsWith2() => AssertFails("Required command", []);

    private static string Signed(string name)
    {
        var (exit, printed) = Run(SignArguments(name));
        Assert.AreEqual(0, exit, printed);
        return Path.Combine(_folder, name);
    }

    private static string[] SignArguments(string name, params string[] other)
    {
        var options = new Dictionary<string, string>
        {
            ["--image"] = Image,
            ["--out"] = Path.Combine(_folder, name),
            ["--version"] = "1.2.3",
            ["--rollback"] = "3",
            ["--hardware"] = "2",
            ["--firmware"] = Firmware,
        };
        if (other.Length == 2) options[other[0]] = other[1];
        return ["sign", other.Length == 1 ? other[0] : Key, .. options.SelectMany(option => new[] { option.Key, option.Value })];
    }

    private static string CopyKey(string name)
    {
        string copy = Path.Combine(_folder, name);
        File.Copy(Key, copy, true);
        File.Copy(Key + ".used", copy + ".used", true);
        return copy;
    }

    private static void AssertFails(string reason, params string[] arguments)
    {
        var (exit, printed) = Run(arguments);
        StringAssert.StartsWith(printed, "release: ");
        StringAssert.Contains(printed, reason);
        Assert.AreEqual(2, exit);
    }

    private static (int Exit, string Printed) Run(params string[] arguments)
    {
        var printed = new StringWriter();
        return (CommandLine.Run(arguments, printed, printed), printed.ToString());
    }

    private static uint IndexOf(string package) => BinaryPrimitives.ReadUInt32BigEndian(File.ReadAllBytes(package).AsSpan(Manifest.Size));
}
