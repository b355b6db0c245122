using System.Buffers.Binary;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Features.Accounts;

namespace Dispatch.Tests.Accounts;

[TestClass]
public sealed class PasswordsTests
{
    [TestMethod]
    [DataRow(11, "password-length")]
    [DataRow(12, null)]
    [DataRow(13, null)]
    [DataRow(127, null)]
    [DataRow(128, null)]
    [DataRow(129, "password-length")]
    public void Password_ByLength_IsTakenFrom12To128(int length, string? rule) =>
        Assert.AreEqual(rule, Passwords.Check("officer-a", string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i * 7 % 26)))))?.Code);

    [TestMethod]
    [DataRow("password1234")]
    [DataRow("PASSWORD1234")]
    [DataRow("123456789012")]
    [DataRow("woaini1314520")]
    [DataRow("aaaaaaaaaaaa")]
    public void Password_OfTheCommonest_IsRefused(string password) => Assert.AreEqual("password-common", Passwords.Check("officer-a", password)?.Code);

    [TestMethod]
    public void Password_WithTheOwnName_IsRefused() => Assert.AreEqual("password-is-name", Passwords.Check("officer-a", "my Officer-A secret")?.Code);

    [TestMethod]
    [DataRow("four grey lamps hum")]
    [DataRow("出租车司机的一天从清晨开始")]
    public void Password_OfWordsAlone_IsTaken(string password) => Assert.IsNull(Passwords.Check("officer-a", password));

    /// <summary>Other tests hash in fewer rounds. In Identity's third format bytes 5 to 8 are the rounds.</summary>
    [TestMethod]
    public async Task Password_StoredByTheServerAsItIs_IsHashedIn100000Rounds()
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-").FullName;
        await using var server = DispatchServer.Build(new DispatchOptions { Data = folder, Port = 0, MqttPort = 0 });
        await using var scope = server.Services.CreateAsyncScope();

        var passwords = scope.ServiceProvider.GetRequiredService<IPasswordHasher<Account>>();
        var hash = Convert.FromBase64String(passwords.HashPassword(new Account(), AccountCity.Password));

        Assert.AreEqual((1, 100_000), (hash[0], BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(5, 4))));
        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    public void Password_Missing_IsRefused() => Assert.AreEqual("password-length", Passwords.Check("officer-a", null)?.Code);
}
