"""Who may open which door: every URL name, every role, reading (GET) and sending (POST).

One letter a role, in the order of `ROLES`:
anonymous | owner.a member.a | owner.b pending | duty officer.smesa officer.ida officer.ita lead
manager administrator auditor | editor approver partner volunteer.

    o opens            r done, led on elsewhere     l asked to sign in first
    n not found        f forbidden, with a reason   m method not taken
    u shown again with what is wrong                c conflict with what is already so
    ? depends on what runs beside the portal

Forms are sent empty: `u` and `r` both mean that the role may do it. The things are of enterprise
A; its case has a need at SMESA and one at IDA, none at ITA. The need in question is SMESA's.
"""

from tests.journeys.matrix_network import NETWORK

TABLE = """
a11y                                  o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
account:absence                       l ff ff oooooooo ooff   l ff ff uuuuuuuu uuff
account:absence_cancel                l mm mm mmmmmmmm mmmm   l ff ff nnnnrnnn nnff
account:branch_add                    l of nn nnnnnnnn nnnn   l uf nn nnnnnnnn nnnn
account:branch_change                 l of nn nnnnnnnn nnnn   l uf nn nnnnnnnn nnnn
account:branch_close                  l mm mm mmmmmmmm mmmm   l rf nn nnnnnnnn nnnn
account:claim_accept                  l mm mm mmmmmmmm mmmm   l rn nn nnnnnnrn nnnn
account:claim_refuse                  l mm mm mmmmmmmm mmmm   l rn nn nnnnnnrn nnnn
account:claim_withdraw                l mm mm mmmmmmmm mmmm   l nn nr nnnnnnnn nnnn
account:claims                        l ff ff ffffffof ffff   l mm mm mmmmmmmm mmmm
account:districts                     o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
account:enterprise                    l oo nn nnnnnnnn nnnn   l mm mm mmmmmmmm mmmm
account:enterprise_change             l of nn nnnnnnnn nnnn   l uf nn nnnnnnnn nnnn
account:enterprise_check              l rr rr rrrrrrrr rrrr   l rr rr rrrrrrrr rrrr
account:enterprise_details            l rr rr rrrrrrrr rrrr   l rr rr rrrrrrrr rrrr
account:enterprise_sent               l oo oo oooooooo oooo   l mm mm mmmmmmmm mmmm
account:enterprise_start              l oo oo oooooooo oooo   l uu uu uuuuuuuu uuuu
account:invitation                    n nn nn nnnnnnnn nnnn   m mm mm mmmmmmmm mmmm
account:invitation_accept             l mm mm mmmmmmmm mmmm   l cc cc cccccccc cccc
account:invitation_revoke             l mm mm mmmmmmmm mmmm   l rn nn nnnnnnnn nnnn
account:invite                        l mm mm mmmmmmmm mmmm   l uf nn nnnnnnnn nnnn
account:language                      l mm mm mmmmmmmm mmmm   l uu uu uuuuuuuu uuuu
account:member_end                    l mm mm mmmmmmmm mmmm   l rr nn nnnnnnnn nnnn
account:member_role                   l mm mm mmmmmmmm mmmm   l uf nn nnnnnnnn nnnn
account:owner_appoint                 l mm mm mmmmmmmm mmmm   l ff ff ffffffcf ffff
account:ownership                     l ff ff ffffffof ffff   l mm mm mmmmmmmm mmmm
account:person_remove                 l ff ff ffffffof ffff   l ff ff ffffffuf ffff
account:profile                       l oo oo oooooooo oooo   l mm mm mmmmmmmm mmmm
account:profile_change                l mm mm mmmmmmmm mmmm   l uu uu uuuuuuuu uuuu
account:register                      o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
account:shortcuts                     l mm mm mmmmmmmm mmmm   l rr rr rrrrrrrr rrrr
account:staff                         l ff ff ffffffof ffff   l mm mm mmmmmmmm mmmm
account:staff_add                     l ff ff ffffffof ffff   l ff ff ffffffuf ffff
account:staff_end                     l mm mm mmmmmmmm mmmm   l ff ff ffffffrf ffff
account_change_password               l oo oo oooooooo oooo   l oo oo oooooooo oooo
account_complete_password_reset       r rr rr rrrrrrrr rrrr   r rr rr rrrrrrrr rrrr
account_confirm_login_code            l rr rr rrrrrrrr rrrr   l rr rr rrrrrrrr rrrr
account_confirm_password_reset_code   l ll ll llllllll llll   l ll ll llllllll llll
account_email                         l oo oo oooooooo oooo   l rr rr rrrrrrrr rrrr
account_email_verification_sent       l rr rr rrrrrrrr rrrr   l rr rr rrrrrrrr rrrr
account_inactive                      o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
account_login                         o rr rr rrrrrrrr rrrr   o rr rr rrrrrrrr rrrr
account_logout                        r oo oo oooooooo oooo   r rr rr rrrrrrrr rrrr
account_password_reset_completed      o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
account_reauthenticate                l oo oo oooooooo oooo   l oo oo oooooooo oooo
account_request_login_code            o rr rr rrrrrrrr rrrr   o rr rr rrrrrrrr rrrr
account_reset_password                o oo oo oooooooo oooo   o oo oo oooooooo oooo
account_set_password                  l rr rr rrrrrrrr rrrr   l rr rr rrrrrrrr rrrr
account_signup                        o rr rr rrrrrrrr rrrr   o rr rr rrrrrrrr rrrr
cases:answer                          l mm nn nnnnnnnn nnnn   l uu nn nnnnnnnn nnnn
cases:consent_withdraw                l nn nn nnnnnnnn nnnn   l nn nn nnnnnnnn nnnn
cases:consents                        l oo nn nnnnnnnn nnnn   l mm nn nnnnnnnn nnnn
cases:detail                          l oo nn nnnnnnnn nnnn   l mm nn nnnnnnnn nnnn
cases:list                            l ?o oo oooooooo oooo   l mm mm mmmmmmmm mmmm
cases:message                         l mm nn nnnnnnnn nnnn   l uu nn nnnnnnnn nnnn
cases:print                           l oo nn nnnnnnnn nnnn   l mm nn nnnnnnnn nnnn
cases:rate                            l mm nn nnnnnnnn nnnn   l uu nn nnnnnnnn nnnn
cases:readers                         l oo nn nnnnnnnn nnnn   l mm nn nnnnnnnn nnnn
cases:referral                        l oo nn nnnnnnnn nnnn   l uu nn nnnnnnnn nnnn
cases:referral_refuse                 l mm nn nnnnnnnn nnnn   l cc nn nnnnnnnn nnnn
cases:referral_stop                   l mm nn nnnnnnnn nnnn   l rr nn nnnnnnnn nnnn
cases:remove_file                     l of nn nnnnnnnn nnnn   l rc nn nnnnnnnn nnnn
cases:reopen                          l oo nn nnnnnnnn nnnn   l uu nn nnnnnnnn nnnn
cases:stated                          l oo nn nnnnnnnn nnnn   l uu nn nnnnnnnn nnnn
cases:stated_deny                     l mm mm mmmmmmmm mmmm   l rr nn nnnnnnnn nnnn
cases:upload                          l mm nn nnnnnnnn nnnn   l uu nn nnnnnnnn nnnn
cases:withdraw                        l oo nn nnnnnnnn nnnn   l uu nn nnnnnnnn nnnn
change_password                       r rr rr rrrrrrrr rrrr   m mm mm mmmmmmmm mmmm
csp_report                            m mm mm mmmmmmmm mmmm   o oo oo oooooooo oooo
desk:answer                           l ff ff fffnofff ffff   l ff ff fffnufff ffff
desk:ask                              l ff ff ooonofff ffff   l ff ff uuunufff ffff
desk:assign                           l ff ff offnooff ffff   l ff ff uffnuuff ffff
desk:audit                            l ff ff ooonoofo ffff   l mm mm mmmmmmmm mmmm
desk:bulk                             l ff ff rrrrrrff ffff   l ff ff rrrrrrff ffff
desk:bulk_ask                         l ff ff rrrrrfff ffff   l ff ff rrrrrfff ffff
desk:bulk_assign                      l mm mm mmmmmmmm mmmm   l ff ff uuuuuuff ffff
desk:bulk_claim                       l mm mm mmmmmmmm mmmm   l ff ff cfffffff ffff
desk:bulk_merge                       l ff ff rrrrrfff ffff   l ff ff rrrrrfff ffff
desk:cancel_question                  l mm mm mmmmmmmm mmmm   l ff ff rrfnrfff ffff
desk:case                             l ff ff ooonoofo ffff   l mm mm mmmmmmmm mmmm
desk:claim                            l mm mm mmmmmmmm mmmm   l ff ff cfffffff ffff
desk:compare                          l ff ff offnofff ffff   l ff ff uffnufff ffff
desk:coordinate                       l ff ff nnonnfff ffff   l ff ff nnunnfff ffff
desk:decline                          l ff ff fffnffff ffff   l ff ff fffnffff ffff
desk:enterprise                       l ff ff ooonoofo ffff   l mm mm mmmmmmmm mmmm
desk:export                           l ff ff oooooofo ffff   l mm mm mmmmmmmm mmmm
desk:hand_over                        l ff ff rfffrrff ffff   l ff ff rfffrrff ffff
desk:keep_apart                       l mm mm mmmmmmmm mmmm   l ff ff cffncfff ffff
desk:known                            l ff ff ooonoofo ffff   l ff ff fffnffff ffff
desk:law                              l ff ff oooooooo ooff   l mm mm mmmmmmmm mmmm
desk:lead                             l ff ff offnooff ffff   l ff ff uffnuuff ffff
desk:load                             l ff ff oooooofo ffff   l mm mm mmmmmmmm mmmm
desk:message                          l mm mm mmmmmmmm mmmm   l ff ff uuunufff ffff
desk:need_accept                      l mm mm mmmmmmmm mmmm   l ff ff ffnnffff ffff
desk:need_answer                      l ff ff fonnofff ffff   l ff ff funnufff ffff
desk:need_decline                     l ff ff ffnnffff ffff   l ff ff ffnnffff ffff
desk:need_drop                        l ff ff ofnnofff ffff   l ff ff ufnnufff ffff
desk:need_offer                       l ff ff ffnnffff ffff   l ff ff ffnnffff ffff
desk:need_reopen                      l mm mm mmmmmmmm mmmm   l ff ff ffnncfff ffff
desk:need_start                       l mm mm mmmmmmmm mmmm   l ff ff fcnncfff ffff
desk:need_transfer                    l ff ff fonnofff ffff   l ff ff funnufff ffff
desk:new                              l ff ff ooooofff ffff   l ff ff uuuuufff ffff
desk:note                             l mm mm mmmmmmmm mmmm   l ff ff uuunufff ffff
desk:number                           l ff ff fffnffff ffff   l ff ff fffnffff ffff
desk:peek                             l ff ff ooonoofo ffff   l mm mm mmmmmmmm mmmm
desk:presence                         l ff ff ooonoofo ffff   l mm mm mmmmmmmm mmmm
desk:question                         l ff ff oooooooo ooff   l mm mm mmmmmmmm mmmm
desk:queue                            l ff ff oooooofo ffff   l mm mm mmmmmmmm mmmm
desk:records                          l ff ff fffffffo ffff   l mm mm mmmmmmmm mmmm
desk:records_export                   l ff ff fffffffu ffff   l mm mm mmmmmmmm mmmm
desk:refer                            l ff ff oofnofff ffff   l ff ff oofnofff ffff
desk:referral_link                    l mm mm mmmmmmmm mmmm   l ff ff ccfncfff ffff
desk:referral_recall                  l mm mm mmmmmmmm mmmm   l ff ff rrfnrfff ffff
desk:referral_take_up                 l mm mm mmmmmmmm mmmm   l ff ff fffnffff ffff
desk:remove_file                      l ff ff offnofff ffff   l ff ff uffnufff ffff
desk:remove_filter                    l mm mm mmmmmmmm mmmm   l ff ff rnnnnnff ffff
desk:rename_filter                    l ff ff onnnnnff ffff   l ff ff unnnnnff ffff
desk:routing                          l ff ff ooonoofo ffff   l mm mm mmmmmmmm mmmm
desk:save_filter                      l ff ff ooooooff ffff   l ff ff uuuuuuff ffff
desk:search                           l ff ff oooooofo ffff   l mm mm mmmmmmmm mmmm
desk:split                            l ff ff offnofff ffff   l ff ff uffnufff ffff
desk:undo_assign                      l mm mm mmmmmmmm mmmm   l ff ff rrrrrrff ffff
desk:views                            l ff ff oooooofo ffff   l mm mm mmmmmmmm mmmm
feedback                              o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
figures:unmet                         l ff ff oooooooo ffff   l mm mm mmmmmmmm mmmm
figures:unmet_cases                   l ff ff oooooooo ffff   l mm mm mmmmmmmm mmmm
figures:unmet_county                  l ff ff oooooooo ffff   l mm mm mmmmmmmm mmmm
figures:unmet_export                  l ff ff oooooooo ffff   l mm mm mmmmmmmm mmmm
files:download                        n oo nn ooonoono nnnn   m mm mm mmmmmmmm mmmm
healthz                               o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
home                                  o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
inbox:deliveries                      l ff ff ffffffof ffff   l mm mm mmmmmmmm mmmm
inbox:hold_back                       l ff ff ffffffof ffff   l ff ff ffffffuf ffff
inbox:list                            l oo oo oooooooo oooo   l mm mm mmmmmmmm mmmm
inbox:preferences                     l oo oo oooooooo oooo   l uu uu uuuuuuuu uuuu
inbox:read                            l mm mm mmmmmmmm mmmm   l rn nn nnnnnnnn nnnn
inbox:read_all                        l mm mm mmmmmmmm mmmm   l rr rr rrrrrrrr rrrr
inbox:release                         l mm mm mmmmmmmm mmmm   l ff ff ffffffrf ffff
inbox:resend                          l mm mm mmmmmmmm mmmm   l ff ff ffffffrf ffff
inbox:resend_all                      l mm mm mmmmmmmm mmmm   l ff ff ffffffrf ffff
mailbox:body                          n nn nn nnnnnnnn nnnn   m mm mm mmmmmmmm mmmm
mailbox:list                          o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
mailbox:mail                          n nn nn nnnnnnnn nnnn   m mm mm mmmmmmmm mmmm
manage:calendar                       l ff ff ffffffof ffff   l mm mm mmmmmmmm mmmm
manage:calendar_import                l mm mm mmmmmmmm mmmm   l ff ff ffffffuf ffff
manage:calendar_name                  l mm mm mmmmmmmm mmmm   l ff ff ffffffuf ffff
manage:calendar_unname                l mm mm mmmmmmmm mmmm   l ff ff ffffffuf ffff
manage:edition_withdraw               l mm mm mmmmmmmm mmmm   l ff ff ffffffcf ffff
manage:languages                      l ff ff ffffofoo ooff   l mm mm mmmmmmmm mmmm
manage:routing                        l ff ff ffffffof ffff   l mm mm mmmmmmmm mmmm
manage:routing_add                    l ff ff ffffffof ffff   l ff ff ffffffuf ffff
manage:routing_discard                l mm mm mmmmmmmm mmmm   l ff ff ffffffrf ffff
manage:routing_draft                  l ff ff ffffffof ffff   l ff ff ffffffuf ffff
manage:routing_end                    l mm mm mmmmmmmm mmmm   l ff ff ffffffcf ffff
manage:routing_rehearse               l ff ff ffffffof ffff   l mm mm mmmmmmmm mmmm
manage:routing_turn_on                l mm mm mmmmmmmm mmmm   l ff ff ffffffrf ffff
manage:system                         l ff ff ffffffof ffff   l mm mm mmmmmmmm mmmm
manage:system_agencies                l ff ff ffffffof ffff   l mm mm mmmmmmmm mmmm
manage:system_assign_agencies         l mm mm mmmmmmmm mmmm   l ff ff ffffffuf ffff
manage:system_preview                 l mm mm mmmmmmmm mmmm   l ff ff ffffffuf ffff
manage:system_publish                 l mm mm mmmmmmmm mmmm   l ff ff ffffffuf ffff
manage:systems                        l ff ff ffffffof ffff   l mm mm mmmmmmmm mmmm
manage:template_add                   l ff ff ffffooof ffff   l ff ff ffffuuuf ffff
manage:template_change                l ff ff ffffffof ffff   l ff ff ffffffuf ffff
manage:template_restore               l mm mm mmmmmmmm mmmm   l ff ff ffffffrf ffff
manage:template_retire                l mm mm mmmmmmmm mmmm   l ff ff ffffffrf ffff
manage:templates                      l ff ff ffffooof ffff   l mm mm mmmmmmmm mmmm
manage_news:add_file                  l mm mm mmmmmmmm mmmm   l ff ff ffffufuf uuff
manage_news:amend                     l mm mm mmmmmmmm mmmm   l ff ff ffffcfcf ccff
manage_news:approve                   l mm mm mmmmmmmm mmmm   l ff ff ffffffcf fcff
manage_news:drop                      l mm mm mmmmmmmm mmmm   l ff ff ffffcfcf ccff
manage_news:edit                      l ff ff ffffcfcf ccff   l ff ff ffffcfcf ccff
manage_news:list                      l ff ff ffffofoo ooff   l mm mm mmmmmmmm mmmm
manage_news:page                      l ff ff ffffofoo ooff   l mm mm mmmmmmmm mmmm
manage_news:remove_file               l mm mm mmmmmmmm mmmm   l ff ff ffffcfcf ccff
manage_news:send_back                 l mm mm mmmmmmmm mmmm   l ff ff ffffffuf fuff
manage_news:submit                    l mm mm mmmmmmmm mmmm   l ff ff ffffcfcf ccff
manage_news:take_back                 l mm mm mmmmmmmm mmmm   l ff ff ffffrfrf rrff
manage_news:version                   l ff ff ffffofoo ooff   l mm mm mmmmmmmm mmmm
manage_news:withdraw                  l ff ff ffffffof foff   l ff ff ffffffuf fuff
manage_news:write                     l ff ff ffffofof ooff   l ff ff ffffufuf uuff
manage_qa:add                         l ff ff ffffofof ooff   l ff ff ffffufuf uuff
manage_qa:approve                     l mm mm mmmmmmmm mmmm   l ff ff ffffffcf fcff
manage_qa:compare                     l ff ff ffffofoo ooff   l mm mm mmmmmmmm mmmm
manage_qa:confirm                     l mm mm mmmmmmmm mmmm   l ff ff ffffffrf frff
manage_qa:edit                        l ff ff ffffofof ooff   l ff ff ffffufuf uuff
manage_qa:give_back                   l mm mm mmmmmmmm mmmm   l ff ff ffffufuf ruff
manage_qa:index                       l ff ff ffffofoo ooff   l mm mm mmmmmmmm mmmm
manage_qa:law                         l ff ff ffffofof ooff   l ff ff ffffufuf uuff
manage_qa:law_add                     l ff ff ffffofof ooff   l ff ff ffffufuf uuff
manage_qa:laws                        l ff ff ffffofof ooff   l mm mm mmmmmmmm mmmm
manage_qa:preview                     l ff ff ffffofoo ooff   l mm mm mmmmmmmm mmmm
manage_qa:question                    l ff ff ffffofoo ooff   l mm mm mmmmmmmm mmmm
manage_qa:retire                      l mm mm mmmmmmmm mmmm   l ff ff ffffufuf uuff
manage_qa:send                        l mm mm mmmmmmmm mmmm   l ff ff ffffcfcf ccff
manage_search:add                     l ff ff ffffofof ooff   l ff ff ffffufuf uuff
manage_search:change                  l ff ff ffffofof ooff   l ff ff ffffufuf uuff
manage_search:index                   l ff ff ffffofof ooff   l mm mm mmmmmmmm mmmm
manage_search:remove                  l mm mm mmmmmmmm mmmm   l ff ff ffffrfrf rrff
metrics                               o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
mfa_activate_totp                     l rr rr rrrrrrrr rrrr   l rr rr rrrrrrrr rrrr
mfa_add_webauthn                      l rr rr rrrrrrrr rrrr   l rr rr rrrrrrrr rrrr
mfa_authenticate                      l rr rr rrrrrrrr rrrr   l rr rr rrrrrrrr rrrr
mfa_deactivate_totp                   l nn nn nnnnnnnn nnnn   l nn nn nnnnnnnn nnnn
mfa_download_recovery_codes           l nn nn nnnnnnnn nnnn   l nn nn nnnnnnnn nnnn
mfa_edit_webauthn                     l rr rr rrrrrrrr rrrr   l rr rr rrrrrrrr rrrr
mfa_generate_recovery_codes           l rr rr rrrrrrrr rrrr   l rr rr rrrrrrrr rrrr
mfa_index                             l oo oo oooooooo oooo   l mm mm mmmmmmmm mmmm
mfa_list_webauthn                     l oo oo oooooooo oooo   l mm mm mmmmmmmm mmmm
mfa_login_webauthn                    l rr rr rrrrrrrr rrrr   l rr rr rrrrrrrr rrrr
mfa_reauthenticate                    l rr rr rrrrrrrr rrrr   l rr rr rrrrrrrr rrrr
mfa_reauthenticate_webauthn           l rr rr rrrrrrrr rrrr   l rr rr rrrrrrrr rrrr
mfa_remove_webauthn                   l rr rr rrrrrrrr rrrr   l rr rr rrrrrrrr rrrr
mfa_view_recovery_codes               l nn nn nnnnnnnn nnnn   l mm mm mmmmmmmm mmmm
news:choices                          o oo oo oooooooo oooo   u uu uu uuuuuuuu uuuu
news:confirm                          o oo oo oooooooo oooo   r rr rr rrrrrrrr rrrr
news:detail                           o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
news:end                              o oo oo oooooooo oooo   o oo oo oooooooo oooo
news:end_own                          m mm mm mmmmmmmm mmmm   n rr rr rrrrrrrr rrrr
news:event                            o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
news:events                           o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
news:feed                             o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
news:file                             n nn nn nnnnonoo oonn   m mm mm mmmmmmmm mmmm
news:list                             o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
news:print                            o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
news:sent                             o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
news:subscribe                        o oo oo oooooooo oooo   u uu uu uuuuuuuu uuuu
partner:accept                        l mm mm mmmmmmmm mmmm   l ff ff ffffffff ffrn
partner:complete                      l ff ff ffffffff ffnn   l ff ff ffffffff ffnn
partner:decline                       l ff ff ffffffff ffon   l ff ff ffffffff ffun
partner:inbox                         l ff ff ffffffff ffoo   l mm mm mmmmmmmm mmmm
partner:link                          n nn nn nnnnnnnn nnnn   m mm mm mmmmmmmm mmmm
partner:link_accept                   m mm mm mmmmmmmm mmmm   c cc cc cccccccc cccc
partner:link_complete                 m mm mm mmmmmmmm mmmm   c cc cc cccccccc cccc
partner:link_decline                  m mm mm mmmmmmmm mmmm   c cc cc cccccccc cccc
partner:referral                      l ff ff ffffffff ffon   l mm mm mmmmmmmm mmmm
partner:report                        l mm mm mmmmmmmm mmmm   l ff ff ffffffff ffun
privacy                               o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
qa:detail                             o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
qa:print                              o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
qa:search                             o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
qa:vote                               m mm mm mmmmmmmm mmmm   r rr rr rrrrrrrr rrrr
readyz                                ? ?? ?? ???????? ????   m mm mm mmmmmmmm mmmm
request:autosave                      m mm mm mmmmmmmm mmmm   o oo oo oooooooo oooo
request:begin                         m mm mm mmmmmmmm mmmm   r rr rr rrrrrrrr rrrr
request:check                         r rr rr rrrrrrrr rrrr   r rr rr rrrrrrrr rrrr
request:confirm                       r rr rr rrrrrrrr rrrr   r rr rr rrrrrrrr rrrr
request:discard                       m mm mm mmmmmmmm mmmm   r rr rr rrrrrrrr rrrr
request:done                          n oo nn nnnnnnnn nnnn   m mm mm mmmmmmmm mmmm
request:go_on                         m mm mm mmmmmmmm mmmm   r rr rr rrrrrrrr rrrr
request:leave                         r or rr rrrrrrrr rrrr   r or rr rrrrrrrr rrrr
request:remove_file                   r or rr rrrrrrrr rrrr   r rr rr rrrrrrrr rrrr
request:resume                        o oo oo oooooooo oooo   c cc cc cccccccc cccc
request:send_code                     m mm mm mmmmmmmm mmmm   r rr rr rrrrrrrr rrrr
request:start                         o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
request:step                          o oo oo oooooooo oooo   u uu uu uuuuuuuu uuuu
request:suggest                       m mm mm mmmmmmmm mmmm   o oo oo oooooooo oooo
request:upload                        m mm mm mmmmmmmm mmmm   r rr rr rrrrrrrr rrrr
robots                                o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
search                                o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
security_txt                          o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
set_language                          m mm mm mmmmmmmm mmmm   r rr rr rrrrrrrr rrrr
sitemap                               o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
start                                 l rr rr rrrrrrrr rrrr   l mm mm mmmmmmmm mmmm
styleguide                            o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
systems:detail                        o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
systems:finder                        o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
systems:index                         o oo oo oooooooo oooo   m mm mm mmmmmmmm mmmm
track:answer                          n nn nn nnnnnnnn nnnn   n nn nn nnnnnnnn nnnn
track:claim                           l nn nn nnnnnnnn nnnn   l nn nn nnnnnnnn nnnn
track:code                            r rr rr rrrrrrrr rrrr   r rr rr rrrrrrrr rrrr
track:consent_withdraw                n nn nn nnnnnnnn nnnn   n nn nn nnnnnnnn nnnn
track:consents                        n nn nn nnnnnnnn nnnn   n nn nn nnnnnnnn nnnn
track:detail                          n nn nn nnnnnnnn nnnn   n nn nn nnnnnnnn nnnn
track:leave                           m mm mm mmmmmmmm mmmm   r rr rr rrrrrrrr rrrr
track:lookup                          o oo oo oooooooo oooo   u uu uu uuuuuuuu uuuu
track:message                         n nn nn nnnnnnnn nnnn   n nn nn nnnnnnnn nnnn
track:print                           n nn nn nnnnnnnn nnnn   n nn nn nnnnnnnn nnnn
track:rate                            n nn nn nnnnnnnn nnnn   n nn nn nnnnnnnn nnnn
track:readers                         n nn nn nnnnnnnn nnnn   n nn nn nnnnnnnn nnnn
track:referral                        n nn nn nnnnnnnn nnnn   n nn nn nnnnnnnn nnnn
track:referral_refuse                 n nn nn nnnnnnnn nnnn   n nn nn nnnnnnnn nnnn
track:referral_stop                   n nn nn nnnnnnnn nnnn   n nn nn nnnnnnnn nnnn
track:remove_file                     n nn nn nnnnnnnn nnnn   n nn nn nnnnnnnn nnnn
track:reopen                          n nn nn nnnnnnnn nnnn   n nn nn nnnnnnnn nnnn
track:send_code                       m mm mm mmmmmmmm mmmm   r rr rr rrrrrrrr rrrr
track:upload                          n nn nn nnnnnnnn nnnn   n nn nn nnnnnnnn nnnn
track:withdraw                        n nn nn nnnnnnnn nnnn   n nn nn nnnnnnnn nnnn
"""


def expected() -> dict[str, tuple[str, str]]:
    """The table by name: the letters of GET, the letters of POST."""
    rows = [line.split() for line in (TABLE.strip() + NETWORK).strip().splitlines()]
    return {row[0]: ("".join(row[1:6]), "".join(row[6:])) for row in rows}


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
    "track:referral": ("o", "u"),
    "track:referral_refuse": ("m", "c"),
    "track:referral_stop": ("m", "r"),
    "track:reopen": ("o", "u"),
    "track:upload": ("m", "u"),
    "track:withdraw": ("o", "u"),
}
