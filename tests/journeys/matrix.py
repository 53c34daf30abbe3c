"""Who may open which door: every URL name, every role, reading (GET) and sending (POST).

One letter a role, in the order of `ROLES`:
anonymous | owner.a member.a | owner.b pending | duty officer.smesa officer.ida officer.ita lead
manager administrator auditor.

    o opens            r done, led on elsewhere     l asked to sign in first
    n not found        f forbidden, with a reason   m method not taken
    u shown again with what is wrong                c conflict with what is already so
    ? depends on what runs beside the portal

Forms are sent empty: `u` and `r` both mean that the role may do it. The things are of enterprise
A; its case has a need at SMESA and one at IDA, none at ITA. The need in question is SMESA's.
"""

TABLE = """
a11y                                  o oo oo oooooooo   m mm mm mmmmmmmm
account:absence                       l ff ff oooooooo   l ff ff uuuuuuuu
account:absence_cancel                l mm mm mmmmmmmm   l ff ff nnnnrnnn
account:branch_add                    l of nn nnnnnnnn   l uf nn nnnnnnnn
account:branch_change                 l of nn nnnnnnnn   l uf nn nnnnnnnn
account:branch_close                  l mm mm mmmmmmmm   l rf nn nnnnnnnn
account:claim_accept                  l mm mm mmmmmmmm   l rn nn nnnnnnrn
account:claim_refuse                  l mm mm mmmmmmmm   l rn nn nnnnnnrn
account:claim_withdraw                l mm mm mmmmmmmm   l nn nr nnnnnnnn
account:claims                        l ff ff ffffffof   l mm mm mmmmmmmm
account:districts                     o oo oo oooooooo   m mm mm mmmmmmmm
account:enterprise                    l oo nn nnnnnnnn   l mm mm mmmmmmmm
account:enterprise_change             l of nn nnnnnnnn   l uf nn nnnnnnnn
account:enterprise_check              l rr rr rrrrrrrr   l rr rr rrrrrrrr
account:enterprise_details            l rr rr rrrrrrrr   l rr rr rrrrrrrr
account:enterprise_sent               l oo oo oooooooo   l mm mm mmmmmmmm
account:enterprise_start              l oo oo oooooooo   l uu uu uuuuuuuu
account:invitation                    n nn nn nnnnnnnn   m mm mm mmmmmmmm
account:invitation_accept             l mm mm mmmmmmmm   l cc cc cccccccc
account:invitation_revoke             l mm mm mmmmmmmm   l rn nn nnnnnnnn
account:invite                        l mm mm mmmmmmmm   l uf nn nnnnnnnn
account:language                      l mm mm mmmmmmmm   l uu uu uuuuuuuu
account:member_end                    l mm mm mmmmmmmm   l rr nn nnnnnnnn
account:member_role                   l mm mm mmmmmmmm   l uf nn nnnnnnnn
account:owner_appoint                 l mm mm mmmmmmmm   l ff ff ffffffcf
account:ownership                     l ff ff ffffffof   l mm mm mmmmmmmm
account:person_remove                 l ff ff ffffffof   l ff ff ffffffuf
account:profile                       l oo oo oooooooo   l mm mm mmmmmmmm
account:profile_change                l mm mm mmmmmmmm   l uu uu uuuuuuuu
account:register                      o oo oo oooooooo   m mm mm mmmmmmmm
account:shortcuts                     l mm mm mmmmmmmm   l rr rr rrrrrrrr
account:staff                         l ff ff ffffffof   l mm mm mmmmmmmm
account:staff_add                     l ff ff ffffffof   l ff ff ffffffuf
account:staff_end                     l mm mm mmmmmmmm   l ff ff ffffffrf
account_change_password               l oo oo oooooooo   l oo oo oooooooo
account_complete_password_reset       r rr rr rrrrrrrr   r rr rr rrrrrrrr
account_confirm_login_code            l rr rr rrrrrrrr   l rr rr rrrrrrrr
account_confirm_password_reset_code   l ll ll llllllll   l ll ll llllllll
account_email                         l oo oo oooooooo   l rr rr rrrrrrrr
account_email_verification_sent       l rr rr rrrrrrrr   l rr rr rrrrrrrr
account_inactive                      o oo oo oooooooo   m mm mm mmmmmmmm
account_login                         o rr rr rrrrrrrr   o rr rr rrrrrrrr
account_logout                        r oo oo oooooooo   r rr rr rrrrrrrr
account_password_reset_completed      o oo oo oooooooo   m mm mm mmmmmmmm
account_reauthenticate                l oo oo oooooooo   l oo oo oooooooo
account_request_login_code            o rr rr rrrrrrrr   o rr rr rrrrrrrr
account_reset_password                o oo oo oooooooo   o oo oo oooooooo
account_set_password                  l rr rr rrrrrrrr   l rr rr rrrrrrrr
account_signup                        o rr rr rrrrrrrr   o rr rr rrrrrrrr
cases:answer                          l mm nn nnnnnnnn   l uu nn nnnnnnnn
cases:consent_withdraw                l nn nn nnnnnnnn   l nn nn nnnnnnnn
cases:consents                        l oo nn nnnnnnnn   l mm nn nnnnnnnn
cases:detail                          l oo nn nnnnnnnn   l mm nn nnnnnnnn
cases:list                            l ?o oo oooooooo   l mm mm mmmmmmmm
cases:message                         l mm nn nnnnnnnn   l uu nn nnnnnnnn
cases:print                           l oo nn nnnnnnnn   l mm nn nnnnnnnn
cases:rate                            l mm nn nnnnnnnn   l uu nn nnnnnnnn
cases:readers                         l oo nn nnnnnnnn   l mm nn nnnnnnnn
cases:remove_file                     l of nn nnnnnnnn   l rc nn nnnnnnnn
cases:reopen                          l oo nn nnnnnnnn   l uu nn nnnnnnnn
cases:stated                          l oo nn nnnnnnnn   l uu nn nnnnnnnn
cases:stated_deny                     l mm mm mmmmmmmm   l rr nn nnnnnnnn
cases:upload                          l mm nn nnnnnnnn   l uu nn nnnnnnnn
cases:withdraw                        l oo nn nnnnnnnn   l uu nn nnnnnnnn
change_password                       r rr rr rrrrrrrr   m mm mm mmmmmmmm
csp_report                            m mm mm mmmmmmmm   o oo oo oooooooo
desk:answer                           l ff ff fffnofff   l ff ff fffnufff
desk:ask                              l ff ff ooonofff   l ff ff uuunufff
desk:assign                           l ff ff offnooff   l ff ff uffnuuff
desk:audit                            l ff ff ooonoofo   l mm mm mmmmmmmm
desk:bulk                             l ff ff rrrrrrff   l ff ff rrrrrrff
desk:bulk_ask                         l ff ff rrrrrfff   l ff ff rrrrrfff
desk:bulk_assign                      l mm mm mmmmmmmm   l ff ff uuuuuuff
desk:bulk_claim                       l mm mm mmmmmmmm   l ff ff cfffffff
desk:bulk_merge                       l ff ff rrrrrfff   l ff ff rrrrrfff
desk:cancel_question                  l mm mm mmmmmmmm   l ff ff rrfnrfff
desk:case                             l ff ff ooonoofo   l mm mm mmmmmmmm
desk:claim                            l mm mm mmmmmmmm   l ff ff cfffffff
desk:compare                          l ff ff offnofff   l ff ff uffnufff
desk:decline                          l ff ff fffnffff   l ff ff fffnffff
desk:enterprise                       l ff ff ooonoofo   l mm mm mmmmmmmm
desk:export                           l ff ff oooooofo   l mm mm mmmmmmmm
desk:hand_over                        l ff ff rfffrrff   l ff ff rfffrrff
desk:keep_apart                       l mm mm mmmmmmmm   l ff ff cffncfff
desk:lead                             l ff ff offnooff   l ff ff uffnuuff
desk:load                             l ff ff oooooofo   l mm mm mmmmmmmm
desk:message                          l mm mm mmmmmmmm   l ff ff uuunufff
desk:need_accept                      l mm mm mmmmmmmm   l ff ff ffnnffff
desk:need_answer                      l ff ff fonnofff   l ff ff funnufff
desk:need_decline                     l ff ff ffnnffff   l ff ff ffnnffff
desk:need_drop                        l ff ff ofnnofff   l ff ff ufnnufff
desk:need_offer                       l ff ff ffnnffff   l ff ff ffnnffff
desk:need_reopen                      l mm mm mmmmmmmm   l ff ff ffnncfff
desk:need_start                       l mm mm mmmmmmmm   l ff ff fcnncfff
desk:need_transfer                    l ff ff fonnofff   l ff ff funnufff
desk:new                              l ff ff ooooofff   l ff ff uuuuufff
desk:note                             l mm mm mmmmmmmm   l ff ff uuunufff
desk:number                           l ff ff fffnffff   l ff ff fffnffff
desk:peek                             l ff ff ooonoofo   l mm mm mmmmmmmm
desk:presence                         l ff ff ooonoofo   l mm mm mmmmmmmm
desk:queue                            l ff ff oooooofo   l mm mm mmmmmmmm
desk:records                          l ff ff fffffffo   l mm mm mmmmmmmm
desk:records_export                   l ff ff fffffffu   l mm mm mmmmmmmm
desk:remove_filter                    l mm mm mmmmmmmm   l ff ff rnnnnnff
desk:remove_file                      l ff ff offnofff   l ff ff uffnufff
desk:rename_filter                    l ff ff onnnnnff   l ff ff unnnnnff
desk:save_filter                      l ff ff ooooooff   l ff ff uuuuuuff
desk:search                           l ff ff oooooofo   l mm mm mmmmmmmm
desk:split                            l ff ff offnofff   l ff ff uffnufff
desk:undo_assign                      l mm mm mmmmmmmm   l ff ff rrrrrrff
desk:views                            l ff ff oooooofo   l mm mm mmmmmmmm
feedback                              o oo oo oooooooo   m mm mm mmmmmmmm
files:download                        n oo nn ooonoono   m mm mm mmmmmmmm
healthz                               o oo oo oooooooo   m mm mm mmmmmmmm
home                                  o oo oo oooooooo   m mm mm mmmmmmmm
inbox:deliveries                      l ff ff ffffffof   l mm mm mmmmmmmm
inbox:hold_back                       l ff ff ffffffof   l ff ff ffffffuf
inbox:list                            l oo oo oooooooo   l mm mm mmmmmmmm
inbox:preferences                     l oo oo oooooooo   l uu uu uuuuuuuu
inbox:read                            l mm mm mmmmmmmm   l rn nn nnnnnnnn
inbox:read_all                        l mm mm mmmmmmmm   l rr rr rrrrrrrr
inbox:release                         l mm mm mmmmmmmm   l ff ff ffffffrf
inbox:resend                          l mm mm mmmmmmmm   l ff ff ffffffrf
inbox:resend_all                      l mm mm mmmmmmmm   l ff ff ffffffrf
mailbox:body                          n nn nn nnnnnnnn   m mm mm mmmmmmmm
mailbox:list                          o oo oo oooooooo   m mm mm mmmmmmmm
mailbox:mail                          n nn nn nnnnnnnn   m mm mm mmmmmmmm
manage:calendar                       l ff ff ffffffof   l mm mm mmmmmmmm
manage:calendar_import                l mm mm mmmmmmmm   l ff ff ffffffuf
manage:calendar_name                  l mm mm mmmmmmmm   l ff ff ffffffuf
manage:calendar_unname                l mm mm mmmmmmmm   l ff ff ffffffuf
manage:edition_withdraw               l mm mm mmmmmmmm   l ff ff ffffffcf
manage:system                         l ff ff ffffffof   l mm mm mmmmmmmm
manage:system_agencies                l ff ff ffffffof   l mm mm mmmmmmmm
manage:system_assign_agencies         l mm mm mmmmmmmm   l ff ff ffffffuf
manage:system_preview                 l mm mm mmmmmmmm   l ff ff ffffffuf
manage:system_publish                 l mm mm mmmmmmmm   l ff ff ffffffuf
manage:systems                        l ff ff ffffffof   l mm mm mmmmmmmm
manage:template_add                   l ff ff ffffooof   l ff ff ffffuuuf
manage:template_change                l ff ff ffffffof   l ff ff ffffffuf
manage:template_restore               l mm mm mmmmmmmm   l ff ff ffffffrf
manage:template_retire                l mm mm mmmmmmmm   l ff ff ffffffrf
manage:templates                      l ff ff ffffooof   l mm mm mmmmmmmm
metrics                               o oo oo oooooooo   m mm mm mmmmmmmm
mfa_activate_totp                     l rr rr rrrrrrrr   l rr rr rrrrrrrr
mfa_add_webauthn                      l rr rr rrrrrrrr   l rr rr rrrrrrrr
mfa_authenticate                      l rr rr rrrrrrrr   l rr rr rrrrrrrr
mfa_deactivate_totp                   l nn nn nnnnnnnn   l nn nn nnnnnnnn
mfa_download_recovery_codes           l nn nn nnnnnnnn   l nn nn nnnnnnnn
mfa_edit_webauthn                     l rr rr rrrrrrrr   l rr rr rrrrrrrr
mfa_generate_recovery_codes           l rr rr rrrrrrrr   l rr rr rrrrrrrr
mfa_index                             l oo oo oooooooo   l mm mm mmmmmmmm
mfa_list_webauthn                     l oo oo oooooooo   l mm mm mmmmmmmm
mfa_login_webauthn                    l rr rr rrrrrrrr   l rr rr rrrrrrrr
mfa_reauthenticate                    l rr rr rrrrrrrr   l rr rr rrrrrrrr
mfa_reauthenticate_webauthn           l rr rr rrrrrrrr   l rr rr rrrrrrrr
mfa_remove_webauthn                   l rr rr rrrrrrrr   l rr rr rrrrrrrr
mfa_view_recovery_codes               l nn nn nnnnnnnn   l mm mm mmmmmmmm
privacy                               o oo oo oooooooo   m mm mm mmmmmmmm
readyz                                ? ?? ?? ????????   m mm mm mmmmmmmm
request:autosave                      m mm mm mmmmmmmm   o oo oo oooooooo
request:begin                         m mm mm mmmmmmmm   r rr rr rrrrrrrr
request:check                         r rr rr rrrrrrrr   r rr rr rrrrrrrr
request:confirm                       r rr rr rrrrrrrr   r rr rr rrrrrrrr
request:discard                       m mm mm mmmmmmmm   r rr rr rrrrrrrr
request:done                          n oo nn nnnnnnnn   m mm mm mmmmmmmm
request:go_on                         m mm mm mmmmmmmm   r rr rr rrrrrrrr
request:leave                         r or rr rrrrrrrr   r or rr rrrrrrrr
request:remove_file                   r or rr rrrrrrrr   r rr rr rrrrrrrr
request:resume                        o oo oo oooooooo   c cc cc cccccccc
request:send_code                     m mm mm mmmmmmmm   r rr rr rrrrrrrr
request:start                         o oo oo oooooooo   m mm mm mmmmmmmm
request:step                          o oo oo oooooooo   u uu uu uuuuuuuu
request:suggest                       m mm mm mmmmmmmm   o oo oo oooooooo
request:upload                        m mm mm mmmmmmmm   r rr rr rrrrrrrr
robots                                o oo oo oooooooo   m mm mm mmmmmmmm
security_txt                          o oo oo oooooooo   m mm mm mmmmmmmm
set_language                          m mm mm mmmmmmmm   r rr rr rrrrrrrr
start                                 l rr rr rrrrrrrr   l mm mm mmmmmmmm
styleguide                            o oo oo oooooooo   m mm mm mmmmmmmm
systems:detail                        o oo oo oooooooo   m mm mm mmmmmmmm
systems:finder                        o oo oo oooooooo   m mm mm mmmmmmmm
systems:index                         o oo oo oooooooo   m mm mm mmmmmmmm
track:answer                          n nn nn nnnnnnnn   n nn nn nnnnnnnn
track:claim                           l nn nn nnnnnnnn   l nn nn nnnnnnnn
track:code                            r rr rr rrrrrrrr   r rr rr rrrrrrrr
track:consent_withdraw                n nn nn nnnnnnnn   n nn nn nnnnnnnn
track:consents                        n nn nn nnnnnnnn   n nn nn nnnnnnnn
track:detail                          n nn nn nnnnnnnn   n nn nn nnnnnnnn
track:leave                           m mm mm mmmmmmmm   r rr rr rrrrrrrr
track:lookup                          o oo oo oooooooo   u uu uu uuuuuuuu
track:message                         n nn nn nnnnnnnn   n nn nn nnnnnnnn
track:print                           n nn nn nnnnnnnn   n nn nn nnnnnnnn
track:rate                            n nn nn nnnnnnnn   n nn nn nnnnnnnn
track:readers                         n nn nn nnnnnnnn   n nn nn nnnnnnnn
track:remove_file                     n nn nn nnnnnnnn   n nn nn nnnnnnnn
track:reopen                          n nn nn nnnnnnnn   n nn nn nnnnnnnn
track:send_code                       m mm mm mmmmmmmm   r rr rr rrrrrrrr
track:upload                          n nn nn nnnnnnnn   n nn nn nnnnnnnn
track:withdraw                        n nn nn nnnnnnnn   n nn nn nnnnnnnn
"""


def expected() -> dict[str, tuple[str, str]]:
    """The table by name: the letters of GET, the letters of POST."""
    rows = [line.split() for line in TABLE.strip().splitlines()]
    return {row[0]: ("".join(row[1:5]), "".join(row[5:])) for row in rows}


# Where a guest who gave the code of A's case fares unlike an anonymous visitor.
GUEST = {
    "files:download": ("o", "m"),
    "request:done": ("o", "m"),
    "track:consents": ("o", "m"),
    "track:detail": ("o", "m"),
    "track:message": ("m", "u"),
    "track:print": ("o", "m"),
    "track:rate": ("m", "u"),
    "track:readers": ("o", "m"),
    "track:remove_file": ("f", "c"),
    "track:reopen": ("o", "u"),
    "track:upload": ("m", "u"),
    "track:withdraw": ("o", "u"),
}
