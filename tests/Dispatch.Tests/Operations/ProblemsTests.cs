using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using TaxiCredit.Dispatch;

namespace Dispatch.Tests.Operations;

/// <summary>What a request is refused for before it comes to an operation.</summary>
[TestClass]
public sealed class ProblemsTests
{
    private static SmallCity _city = null!;

    [ClassInitialize]
    public static async Task BuildAsync(TestContext _) => _city = await SmallCity.BuildAsync();

    [ClassCleanup]
    public static async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    [DataRow("recognition/shortlist", DisplayName = "the period")]
    public Task Request_WithoutAQueryThatItTakes_IsRefused(string path) => _city.UnchangedAsync(async () =>
        await SmallCity.AssertRefusalAsync(await _city.Client.GetAsync("/api/v1/" + path), HttpStatusCode.BadRequest, "request-malformed"));

    /// <summary>As the database's library throws it: 13 full, 10 input or output, 8 read-only, 19 a constraint with its extended code.</summary>
    [TestMethod]
    [DataRow(13, 13, 503, "disk-full", "60")]
    [DataRow(10, 778, 503, "disk-full", "60")]
    [DataRow(8, 8, 503, "storage-failed", "5")]
    [DataRow(19, 2067, 409, "changed-meanwhile", "")]
    [DataRow(19, 1811, 500, "tools.ietf.org", "")]
    public async Task Fault_OfTheDatabase_TellsTheTruth(int code, int extended, int status, string rule, string retryAfter)
    {
        var context = new DefaultHttpContext { RequestServices = _city.Server.Services };
        context.Request.Path = "/api/v1/cases";
        context.Response.Body = new MemoryStream();
        var problems = new Problems(NullLogger<Problems>.Instance);

        await problems.TryHandleAsync(context, new DbUpdateException("Not stored.", new SqliteException("fault", code, extended)), CancellationToken.None);

        Assert.AreEqual(status, context.Response.StatusCode);
        StringAssert.Contains(Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()), rule);
        Assert.AreEqual(retryAfter, context.Response.Headers.RetryAfter.ToString());
    }

    [TestMethod]
    [DataRow(65_535, HttpStatusCode.Forbidden, "person-needed")]
    [DataRow(65_536, HttpStatusCode.Forbidden, "person-needed")]
    [DataRow(65_537, HttpStatusCode.RequestEntityTooLarge, "body-too-large")]
    public Task Request_ByLengthOfBody_IsReadUpTo65536(int bytes, HttpStatusCode status, string rule) => _city.UnchangedAsync(async () =>
    {
        const string Around = "{}";
        using var body = new StringContent(Around.Insert(1, new string(' ', bytes - Around.Length)), Encoding.UTF8, "application/json");
        await SmallCity.AssertRefusalAsync(await _city.Client.PostAsync("/api/v1/teams/t-1/leader/removal", body), status, rule);
    });

    /// <summary>A connection that ends after a refusal is one that a proxy may have given to somebody else by then.</summary>
    [TestMethod]
    [DataRow(64 * 1024 + 1, 1, DisplayName = "just above what the endpoint takes")]
    [DataRow(BodyLimit.MaxReadAway, 1, DisplayName = "the longest that is read away")]
    [DataRow(BodyLimit.MaxReadAway + 1, 2, DisplayName = "longer than that")]
    public async Task Connection_AfterABodyBeyondTheLimit_ServesOnWhereItWasReadAway(long bytes, int connections)
    {
        var opened = 0;
        using var caller = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (connection, stop) =>
            {
                opened++;
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(connection.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        caller.BaseAddress = _city.Client.BaseAddress;
        using var large = new HttpRequestMessage(HttpMethod.Post, "/api/v1/teams/t-1/leader/removal") { Content = new StreamContent(new Blanks(bytes)) };
        large.Content.Headers.ContentLength = bytes;
        // Beyond the longest it is not read: whoever asks first whether to send it need not send it.
        large.Headers.ExpectContinue = bytes > BodyLimit.MaxReadAway;

        await SmallCity.AssertRefusalAsync(await caller.SendAsync(large), HttpStatusCode.RequestEntityTooLarge, "body-too-large");

        using var empty = new ByteArrayContent([]);
        using var next = await caller.PostAsync("/api/v1/teams/t-1/leader/removal", empty);
        Assert.AreEqual(HttpStatusCode.Unauthorized, next.StatusCode);
        Assert.AreEqual(connections, opened);
    }

    /// <summary>So many spaces, made as they are read.</summary>
    private sealed class Blanks(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, _left);
            buffer.AsSpan(offset, read).Fill((byte)' ');
            _left -= read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
