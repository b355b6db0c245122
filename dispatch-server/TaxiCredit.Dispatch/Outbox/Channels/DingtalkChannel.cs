using System.Security.Cryptography;
using System.Text;

namespace TaxiCredit.Dispatch.Outbox.Channels;

/// <summary>
/// A group robot of DingTalk (钉钉). Where it asks for a signature, that is Base64 of HMAC-SHA256 under the secret over <c>milliseconds LF secret</c>,
/// and the clock may be an hour off. open.dingtalk.com/document/robots/customize-robot-security-settings.
/// </summary>
internal sealed class DingtalkChannel(HttpClient client, RobotSettings settings, TimeProvider time)
    : RobotChannel(ChannelName, client, settings, time, robot => AddressOf(robot, settings, time.GetUtcNow()))
{
    public const string ChannelName = "dingtalk";
    public const string Section = "Outbox:Dingtalk";

    private const string Service = "https://oapi.dingtalk.com/robot/send";

    private static Uri AddressOf(Robot robot, RobotSettings settings, DateTimeOffset now)
    {
        var address = $"{settings.Address ?? Service}?access_token={Uri.EscapeDataString(SecretText.Read(robot.Key, robot.KeyFile))}";
        if (SecretText.Read(robot.Secret, robot.SecretFile) is not { Length: > 0 } secret)
            return new(address);
        var at = now.ToUnixTimeMilliseconds();
        var sign = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{at}\n{secret}")));
        return new($"{address}&timestamp={at}&sign={Uri.EscapeDataString(sign)}");
    }
}
