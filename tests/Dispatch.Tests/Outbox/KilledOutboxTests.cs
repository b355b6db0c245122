using Dispatch.Tests.Databases;
using Dispatch.Tests.Exchange;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Outbox;

namespace Dispatch.Tests.Outbox;

/// <summary>The program, as a process of its own, kills itself before it sends or before it records; another server goes on with the database.</summary>
[TestClass]
public class KilledOutboxTests
{
    [TestMethod]
    [DataRow(Steps.Sending, 1)]
    [DataRow(Steps.Committing, 2)]
    public async Task Server_KilledBeforeAStep_DeliversOnceMoreAtMostAndWithTheSameId(string step, int lines)
    {
        await using var city = await EmptyCity.BuildAsync();
        var folder = Directory.CreateDirectory(Path.Combine(city.Folder, "drop")).FullName;
        var options = city.Options with
        {
            Port = LoopbackPort.Take(),
            MqttPort = LoopbackPort.Take(),
            Settings = new Dictionary<string, string?> { ["Outbox:Folder"] = folder },
        };
        Guid id;
        await using (var server = await ServerProcess.StartAsync(options, $"{step} 1", batchDrivers: 1))
        {
            id = await AddAsync(city);
            await server.WaitForExitAsync();
        }

        Assert.AreEqual(OutboxStatus.Pending, await StatusAsync(city));
        // Later, so that the lease of the process that was killed is over.
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow.AddMinutes(1));
        await using var next = DispatchServer.Build(options, services => services.AddSingleton<TimeProvider>(time));
        var job = next.Services.GetServices<Job>().Single(job => job.Name == OutboxDelivery.JobName);
        await new JobLoop(job, next.Services.GetRequiredService<IServiceScopeFactory>(), time, NullLogger.Instance).LookAsync(CancellationToken.None);

        Assert.AreEqual(OutboxStatus.Delivered, await StatusAsync(city));
        var dropped = await File.ReadAllLinesAsync(Path.Combine(folder, "bureau.jsonl"));
        Assert.HasCount(lines, dropped);
        foreach (var line in dropped)
            StringAssert.StartsWith(line, $"{{\"id\":\"{id}\"");
    }

    private static Task<Guid> AddAsync(EmptyCity city) => city.WithDbAsync(async db =>
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        var message = db.AddToOutbox(FileDropChannel.ChannelName, "bureau", "told", "{}", DateTimeOffset.UnixEpoch);
        await write.SaveAsync(CancellationToken.None);
        return message.MessageId;
    });

    private static Task<OutboxStatus> StatusAsync(EmptyCity city) =>
        city.WithDbAsync(db => db.Set<OutboxMessage>().AsNoTracking().Select(m => m.Status).SingleAsync());
}
