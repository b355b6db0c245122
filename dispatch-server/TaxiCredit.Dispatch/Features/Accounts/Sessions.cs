using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>Stores and ends sessions. The cookie names a row; a row that was deleted, or was idle for <see cref="Session.Idle"/>, admits nobody.</summary>
internal sealed class Sessions(DispatchContext db, LiveCallers live, SeenSessions seen, TimeProvider time, BureauTime bureau)
{
    private const string Claim = "session";
    private const int LongestDevice = 200;

    private static readonly TimeSpan SeenWithin = TimeSpan.FromMinutes(5);

    /// <summary>Stores a session, which replaces the one of this browser. Only <see cref="BeginSession"/> calls this.</summary>
    public async Task<Session> AddAsync(HttpContext context, BeginSession begin, long newsAfter, CancellationToken stop)
    {
        if (IdOf(context.User) is { } before)
            await EndAsync(before, stop);
        var now = time.GetUtcNow();
        var outlived = now - Session.Idle;
        await db.Set<Session>().Where(s => s.SeenAt < outlived).ExecuteDeleteAsync(stop);
        var device = context.Request.Headers.UserAgent.ToString();
        var session = new Session
        {
            Id = Guid.NewGuid(),
            Name = begin.Name,
            IsProven = begin.IsProven,
            NewsAfter = newsAfter,
            ProvenAt = begin.IsProven ? now : null,
            BegunAt = now,
            SeenAt = now,
            Device = device[..Math.Min(device.Length, LongestDevice)],
        };
        db.Add(session);
        return session;
    }

    /// <summary>Sends the browser the cookie that names a session. Call after the commit.</summary>
    public static Task SendCookieAsync(HttpContext context, Session session)
    {
        var identity = new ClaimsIdentity([new(ClaimTypes.Name, session.Name), new(Claim, $"{session.Id:N}")], IdentityConstants.ApplicationScheme);
        return context.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(identity));
    }

    /// <summary>The session that a cookie names, if it is still open.</summary>
    public async Task<Session?> FindAsync(ClaimsPrincipal user, CancellationToken stop) => IdOf(user) is { } id ? await FindAsync(id, stop) : null;

    /// <summary>A session, if it is still open; its time of last use is stored soon.</summary>
    public async Task<Session?> FindAsync(Guid id, CancellationToken stop)
    {
        var session = await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, stop);
        var now = time.GetUtcNow();
        if (session is null || now - seen.Of(session) >= Session.Idle)
            return null;
        if (now - session.SeenAt >= SeenWithin)
            seen.Note(id, now);
        return session;
    }

    /// <summary>Which of these sessions are open: not those of drivers who are off the register.</summary>
    public async Task<HashSet<Guid>> OpenAmongAsync(IReadOnlyCollection<Guid> ids, CancellationToken stop)
    {
        var outlived = time.GetUtcNow() - Session.Idle;
        var (drivers, holding) = (db.Set<Driver>(), db.Set<Membership>().HoldingOn(bureau.Today));
        return await db.Set<Session>().Where(s => ids.Contains(s.Id) && s.SeenAt > outlived)
            .Where(s => !drivers.Any(d => d.Code == s.Name) || holding.Any(m => m.Driver.Code == s.Name)).Select(s => s.Id).ToHashSetAsync(stop);
    }

    /// <summary>The owner has looked at the news.</summary>
    public Task SeenNewsAsync(Guid id, CancellationToken stop) =>
        db.Set<Session>().Where(s => s.Id == id).ExecuteUpdateAsync(row => row.SetProperty(s => s.HasNews, false), stop);

    public async Task EndAsync(Guid id, CancellationToken stop)
    {
        await db.Set<Session>().Where(s => s.Id == id).ExecuteDeleteAsync(stop);
        live.End(caller => caller.SessionId == id);
    }

    /// <summary>Ends a person's sessions, all or all but one.</summary>
    public async Task EndAllAsync(string name, Guid? but, CancellationToken stop)
    {
        await db.Set<Session>().Where(s => s.Name == name && s.Id != but).ExecuteDeleteAsync(stop);
        live.End(caller => caller.Name == name && caller.SessionId != but);
    }

    private static Guid? IdOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Claim), out var id) ? id : null;
}
